import { useCallback, useEffect, useState } from 'react';
import { dropOldDrafts } from '../forms/drafts.js';
import type { Names } from '../forms/said/known.js';
import { timeWords } from '../shared/figures.js';
import { chooseLanguage } from '../shared/language.js';
import { type Self, useKnownSelf } from '../shared/self.js';
import { useAround } from './around.js';
import { deviceDay, today } from './days.js';
import { useHasEnded, useRenewal } from './device/ended.js';
import { MayLog } from './device/may-log.js';
import { SelfScreen } from './device/self.js';
import { type Catalog, catalog, fetchAhead, type ProjectName } from './forms/catalog.js';
import { Mend } from './forms/mend.js';
import { PickProject } from './forms/pick-project.js';
import { Say } from './forms/say.js';
import { BackIcon, CloudIcon, NoCloudIcon } from './icons.js';
import { keepForGood } from './outbox/device.js';
import { OutboxList } from './outbox/outbox-list.js';
import { useReach } from './outbox/reach.js';
import { Wrong } from './outbox/wrong.js';
import { addressOf, usePlace } from './place.js';
import { recentProjects } from './recent.js';
import { fetchEntriesAhead, knownProjects } from './reckoning/known-projects.js';
import { QuestionSheet } from './saving/question.js';
import { SavedBar } from './saving/saved-bar.js';
import { useRecordedEffects } from './saving/use-recorded-effects.js';
import { Walk } from './walk/walk.js';

/** Milliseconds until a service that did not respond is asked again. */
const againMs = 30_000;

/** The log: choose a project, then an item, then the fact. */
export function Log() {
  const place = usePlace();
  const { t, language, nameOf, entries, outbox } = useAround();
  const isEnded = useHasEnded(outbox);
  useRenewal();
  const mode = useKnownSelf()?.self.mode;
  useEffect(() => {
    // What the screen of a project shows is forgotten; what is left on the phone is in the outbox.
    if (isEnded && place.at === 'project') window.location.replace(addressOf({ at: 'outbox' }));
  }, [isEnded, place.at]);
  const known = useCatalog(isEnded);
  const open = entries.filter(({ state }) => state.is !== 'recorded');
  const isRefused = open.some(({ state }) => state.is === 'refused');
  const projects = known && known !== 'none' ? known.projects : [];
  const on = today(known === 'none' ? undefined : known);
  useRecordedEffects(on);
  return (
    <>
      <header className="bar">
        {place.at === 'projects' ? (
          <a className="bar-side" href="/">
            {t('office')}
          </a>
        ) : (
          <a className="bar-side" aria-label={t('back')} href={addressOf(backOf(place))}>
            <BackIcon />
          </a>
        )}
        {place.at === 'project' ? (
          <h1 className="bar-title">{nameIn(projects, place.project, nameOf)}</h1>
        ) : (
          <button
            type="button"
            className="bar-side"
            onClick={() => chooseLanguage(language === 'en' ? 'zh' : 'en')}
          >
            <span lang={language === 'en' ? 'zh-CN' : 'en'}>{t('language')}</span>
          </button>
        )}
        <a className={`bar-outbox${isRefused ? ' is-refused' : ''}`} href={addressOf({ at: 'outbox' })}>
          <CloudIcon />
          <span className={place.at === 'project' ? 'bar-words' : undefined}>{t('outbox')}</span>{' '}
          <b data-testid="open-entries">{open.length}</b>
        </a>
      </header>
      <Offline />
      <main>
        {place.at === 'self' && <SelfScreen />}
        {place.at === 'projects' && (
          <MayLog>
            <PickProject projects={projects} is={missingOf(known, mode)} />
          </MayLog>
        )}
        {place.at === 'project' && (
          <MayLog>
            <Walk key={place.project} id={place.project} projects={projects} on={on} />
          </MayLog>
        )}
        {place.at === 'say' && (
          <MayLog>
            <Say
              key={`${place.project}/${place.what}`}
              project={place.project}
              what={place.what}
              projects={projects}
              on={on}
            />
          </MayLog>
        )}
        {place.at === 'outbox' && <OutboxList />}
        {place.at === 'wrong' && <Wrong key={place.entry} id={place.entry} on={on} />}
        {place.at === 'mend' && <Mend id={place.entry} on={on} />}
      </main>
      <SavedBar />
      <QuestionSheet />
    </>
  );
}

/**
 * The projects known on the device; refetched until the service responds.
 *
 * @param isEnded true once the phone is nobody's, and knows nothing any more
 */
function useCatalog(isEnded: boolean): Catalog | 'none' | undefined {
  const [known, setKnown] = useState<Catalog | 'none'>();
  const { isReached } = useReach();
  const { post } = useAround();
  const { mode, person } = useKnownSelf()?.self ?? {};
  const look = useCallback(async () => {
    const found = await catalog(deviceDay());
    setKnown(found ?? 'none');
    if (!found) return;
    const recent = recentProjects();
    const others = found.projects.map(({ project }) => project);
    const all = [...new Set([...recent, ...others])];
    void fetchEntriesAhead(all).then(() => fetchAhead(all));
  }, []);
  useEffect(() => {
    void keepForGood();
    dropOldDrafts();
  }, []);
  // Another person reads other projects.
  useEffect(() => {
    knownProjects.forget();
    void look();
  }, [look, mode, person]);
  useEffect(() => {
    if (post === 'no-network' || post === 'gateway') void look();
  }, [post, look]);
  useEffect(() => {
    if (isReached !== false) return;
    const again = () => document.visibilityState === 'visible' && void look();
    const timer = setInterval(again, againMs);
    addEventListener('online', again);
    document.addEventListener('visibilitychange', again);
    return () => {
      clearInterval(timer);
      removeEventListener('online', again);
      document.removeEventListener('visibilitychange', again);
    };
  }, [isReached, look]);
  return isEnded ? 'none' : known;
}

/** Why no project is listed. */
function missingOf(known: Catalog | 'none' | undefined, mode: Self['mode'] | undefined) {
  if (mode === 'nobody') return 'signInFirst';
  if (known === undefined) return 'loading';
  if (known === 'none') return 'noProjects';
  return mode === 'signed-in' ? 'noneForYou' : 'noneRegistered';
}

/** Shows the age of the data while the service does not respond. */
function Offline() {
  const { t, language } = useAround();
  const { isReached, at } = useReach();
  if (isReached !== false) return null;
  return (
    <p className="offline" aria-live="polite">
      <NoCloudIcon />
      {at ? t('dataFrom', { at: timeWords(at, language) }) : t('noData')}
    </p>
  );
}

function backOf(place: ReturnType<typeof usePlace>): Parameters<typeof addressOf>[0] {
  if (place.at === 'say') return { at: 'project', project: place.project };
  return place.at === 'mend' || place.at === 'wrong' ? { at: 'outbox' } : { at: 'projects' };
}

function nameIn(projects: readonly ProjectName[], id: string, nameOf: (names: Names) => string): string {
  const project = projects.find((one) => one.project === id);
  return project ? nameOf(project.names) : id;
}
