import { useState } from 'react';
import type { Day } from '../../../domain/values/days/calendar.js';
import type { FactSaid } from '../../forms/said/facts.js';
import { type ItemName, nothingKnown } from '../../forms/said/known.js';
import { lastOnBehalfOf, lastReport, sourceTyped } from '../../forms/said/provenance.js';
import { labelOf, offered } from '../../forms/said/wholes.js';
import { initialsOf } from '../../shared/initials.js';
import { useAround } from '../around.js';
import { LogsAs } from '../device/logs-as.js';
import type { ProjectName } from '../forms/catalog.js';
import { useItems } from '../forms/use-items.js';
import { SearchIcon } from '../icons.js';
import { addressOf } from '../place.js';
import { useReckoning } from '../reckoning/use-reckoning.js';
import { useSaveFact } from '../saving/use-save-fact.js';
import { Dock } from './dock.js';
import { Head } from './head.js';
import { ItemRow } from './item-row.js';
import { sectionsOf, type Tab, tabOf, tabs, worksIn } from './items-of-walk.js';
import { shareWords } from './points.js';
import { Register } from './register.js';
import styles from './walk.module.css';

/** From this number of items on there is a search. */
const searchedFrom = 10;

/** One project during a walk: what is open first, each item done by one tap, and the facts of the project below. */
export function Walk({ id, projects, on }: { id: string; projects: readonly ProjectName[]; on: Day }) {
  const { t, nameOf, language } = useAround();
  const asked = useItems(id);
  const reckoning = useReckoning(id, on);
  const known = reckoning?.items() ?? (asked === 'none' ? nothingKnown : asked);
  const [tab, setTab] = useState<Tab>('open');
  const [sought, setSought] = useState<string>();
  const [opened, setOpened] = useState<string>();
  const project = projects.find((one) => one.project === id);
  const name = project ? nameOf(project.names) : id;
  const save = useSaveFact(id, name, known ?? nothingKnown, reckoning, on);
  const works = worksIn(known?.items ?? []);
  const of = (wanted: Tab) => works.filter((item) => tabOf(item) === wanted);
  const shown = sought ? works.filter((item) => fits(item, sought)) : of(tab);
  const said = (fact: object) => {
    const onBehalfOf = lastOnBehalfOf();
    const about = { asOf: on, source: sourceTyped(lastReport('inspection')) };
    return save({ ...about, ...(onBehalfOf ? { onBehalfOf } : {}), ...fact } as FactSaid);
  };
  const register = reckoning && <Register project={id} reckoning={reckoning} />;
  return (
    <div className={styles.walk}>
      {known === undefined && <p className={styles.hint}>{t('loading')}</p>}
      {known !== undefined && works.length === 0 && <NoPlan id={id} isKnown={asked !== 'none'} />}
      {works.length === 0 && register}
      {works.length > 0 && known && (
        <>
          <Head id={id} known={known} on={on} />
          {register}
          <nav className={styles.tabs} aria-label={t('tabs')}>
            {tabs.map((one) => (
              <button
                key={one}
                type="button"
                aria-pressed={sought === undefined && tab === one}
                onClick={() => {
                  setTab(one);
                  setSought(undefined);
                }}
              >
                {t(`tab.${one}`, { count: of(one).length })}
              </button>
            ))}
            {works.length > searchedFrom && (
              <button
                type="button"
                className={styles.find}
                aria-label={t('findItem')}
                aria-expanded={sought !== undefined}
                onClick={() => setSought(sought === undefined ? '' : undefined)}
              >
                <SearchIcon />
              </button>
            )}
          </nav>
          {sought !== undefined && (
            <input
              type="search"
              className={styles.search}
              aria-label={t('findItem')}
              placeholder={t('findItem')}
              // biome-ignore lint/a11y/noAutofocus: the person has just asked for this field.
              autoFocus
              value={sought}
              onChange={(event) => setSought(event.target.value)}
            />
          )}
          {shown.length === 0 && (
            <p className={styles.hint}>
              {sought
                ? t('noItemFound')
                : tab === 'open'
                  ? t('nothingOpen', { count: works.length })
                  : t('nothingHere')}
            </p>
          )}
          {sectionsOf(shown, known.items).map(({ group, items }) => (
            <section
              key={`${group?.item} ${items[0]?.item}`}
              aria-label={group ? nameOf(group.names) : t('withoutGroup')}
            >
              {group ? (
                <a className={styles.group} href={addressOf({ at: 'say', project: id, what: group.item })}>
                  <span>{nameOf(group.names)}</span>
                  <span>{shareWords(group, t, language)}</span>
                </a>
              ) : (
                <p className={styles.group}>
                  <span>{t('withoutGroup')}</span>
                  <span>{shareWords(sumOf(items), t, language)}</span>
                </p>
              )}
              <ul>
                {items.map((item) => (
                  <ItemRow
                    key={item.item}
                    project={id}
                    item={item}
                    on={on}
                    isOpened={opened === item.item}
                    onOpen={() => setOpened(opened === item.item ? undefined : item.item)}
                    onSay={async (fact) => {
                      const isSaved = await said(fact);
                      if (isSaved) setOpened(undefined);
                      return isSaved;
                    }}
                  />
                ))}
              </ul>
            </section>
          ))}
        </>
      )}
      <details className={styles.others}>
        <summary>{t('others')}</summary>
        <ul>
          {offered.map((whole) => (
            <li key={whole.what}>
              <a href={addressOf({ at: 'say', project: id, what: whole.what })}>{labelOf(whole, language)}</a>
            </li>
          ))}
        </ul>
        <LogsAs />
      </details>
      <Dock project={id} />
    </div>
  );
}

/** What can be logged where no plan names items, or where none is known on this phone. */
function NoPlan({ id, isKnown }: { id: string; isKnown: boolean }) {
  const { t } = useAround();
  return (
    <div className={styles.noPlan}>
      <h2>{isKnown ? t('noPlan') : t('noItems')}</h2>
      {isKnown && <p>{t('noPlanHint')}</p>}
      <a href={addressOf({ at: 'say', project: id, what: 'Progress' })}>{t('inWords')}</a>
    </div>
  );
}

/** The share of several items together. */
function sumOf(items: readonly ItemName[]): Pick<ItemName, 'shareBasisPoints'> {
  if (items.some(({ shareBasisPoints }) => shareBasisPoints === undefined)) return {};
  return { shareBasisPoints: items.reduce((sum, { shareBasisPoints = 0 }) => sum + shareBasisPoints, 0) };
}

function fits({ item, names }: ItemName, sought: string): boolean {
  const wanted = sought.trim().toLowerCase();
  const areLetters = /^[a-z0-9]+$/.test(wanted);
  return [item, names.en, names.zh]
    .flatMap((name) => name ?? [])
    .some((name) => name.toLowerCase().includes(wanted) || (areLetters && initialsOf(name).includes(wanted)));
}
