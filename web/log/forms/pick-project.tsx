import { useState } from 'react';
import styles from '../../forms/forms.module.css';
import { initialsOf } from '../../shared/initials.js';
import { may, useSelf } from '../../shared/self.js';
import { useAround } from '../around.js';
import { LogsAs } from '../device/logs-as.js';
import { addressOf } from '../place.js';
import { recentProjects } from '../recent.js';
import type { ProjectName } from './catalog.js';

/** Rows shown initially; further projects are found by searching. */
const mostShown = 60;

/** First tap: the project, most recently logged first, of those that the person may log in. */
export function PickProject({
  projects: known,
  is,
}: {
  projects: readonly ProjectName[];
  is: 'loading' | 'noProjects' | 'noneRegistered' | 'noneForYou' | 'signInFirst';
}) {
  const { t, nameOf } = useAround();
  const self = useSelf();
  const projects =
    self?.mode === 'signed-in' ? known.filter((place) => may(self, 'entry-log', place)) : known;
  const [sought, setSought] = useState('');
  const recent = recentProjects();
  const rank = ({ project }: ProjectName) => recent.indexOf(project) + 1 || recent.length + 1;
  const found = projects
    .filter((project) => fits(project, sought))
    .sort((a, b) => rank(a) - rank(b))
    .slice(0, mostShown);
  return (
    <>
      <h1>{t('title')}</h1>
      <LogsAs />
      {projects.length > 5 && (
        <input
          type="search"
          className={styles.field}
          aria-label={t('search')}
          placeholder={t('search')}
          value={sought}
          onChange={(event) => setSought(event.target.value)}
        />
      )}
      {projects.length === 0 && <p className="quiet">{t(is)}</p>}
      {projects.length > 0 && found.length === 0 && <p className="quiet">{t('nothingFound')}</p>}
      <ul className="rows">
        {found.map(({ project, names, district }) => (
          <li key={project}>
            <a className="row" href={addressOf({ at: 'project', project })}>
              <span>
                {nameOf(names)}
                {district && <small>{district}</small>}
              </span>
            </a>
          </li>
        ))}
      </ul>
    </>
  );
}

function fits({ project, names, aliases }: ProjectName, sought: string): boolean {
  const wanted = sought.trim().toLowerCase();
  const all = [project, names.en, names.zh, ...aliases].flatMap((name) => name ?? []);
  const areLetters = /^[a-z0-9]+$/.test(wanted);
  return all.some(
    (name) => name.toLowerCase().includes(wanted) || (areLetters && initialsOf(name).includes(wanted)),
  );
}
