import type { Day } from '../../../domain/values/calendar.js';
import { authorTyped } from '../../shared/caller.js';
import { useAbout } from '../about.js';
import { useAround } from '../around.js';
import { useBy } from '../by.js';
import { draftName } from '../outbox/drafts.js';
import { goOnceSaved } from '../place.js';
import { noteRecent } from '../recent.js';
import type { ProjectItems, ProjectName } from './catalog.js';
import { FactForm } from './fact-form.js';
import type { FactSaid } from './facts.js';
import { useItems } from './pick-item.js';

/** Third tap: the fact. It is saved on the device before anything else happens. */
export function Say({
  project,
  what,
  projects,
  on,
}: {
  project: string;
  what: string;
  projects: readonly ProjectName[];
  on: Day;
}) {
  const { t, nameOf, outbox, office } = useAround();
  const items = useItems(project);
  const [by, setBy] = useBy();
  const about = useAbout();
  const known = projects.find((one) => one.project === project);
  const loaded: ProjectItems = items === undefined || items === 'none' ? { items: [], stalls: [] } : items;
  const save = (fact: FactSaid) =>
    goOnceSaved({ at: 'outbox' }, async () => {
      const projectName = known ? nameOf(known.names) : project;
      const author = authorTyped(by);
      const named = author === undefined ? {} : { by: author };
      await outbox.add({ project, projectName, about: about(what, loaded), fact, ...named });
      noteRecent(project);
      office.send();
    });
  if (items === undefined) return <p className="quiet">{t('loading')}</p>;
  return (
    <>
      <h1>
        {about(what, loaded)}
        <small>{known ? nameOf(known.names) : project}</small>
      </h1>
      <FactForm draft={draftName(project, what)} what={what} items={loaded} on={on} onSave={save} />
      <label className="labelled">
        {t('by')}
        <input
          className="field"
          value={by}
          maxLength={64}
          autoCapitalize="none"
          onChange={(event) => setBy(event.target.value)}
        />
        <small>{t('byHint')}</small>
      </label>
    </>
  );
}
