import styles from '../../forms/forms.module.css';
import { timeWords } from '../../shared/figures.js';
import { useKnownSelf } from '../../shared/self.js';
import { askToSignIn } from '../../sign-in/gate.js';
import { useAround } from '../around.js';
import type { Entry } from './entry.js';
import { OneEntry } from './one-entry.js';
import { Others } from './others.js';
import { useReach } from './reach.js';
import { whoseIs } from './whose.js';

const parts = ['refused', 'waiting', 'recorded'] as const;

/** Every entry of this device by state: needs attention, waiting, recorded. */
export function OutboxList() {
  const { t, entries, outbox, office } = useAround();
  const { self } = useKnownSelf() ?? {};
  const isShownAsOwn = (entry: Entry) => entry.state.is === 'recorded' || whoseIs(entry, self) === 'own';
  const own = entries.filter(isShownAsOwn);
  const of = (is: Entry['state']['is']) => own.filter(({ state }) => state.is === is).toReversed();
  const others = entries.filter((entry) => !isShownAsOwn(entry));
  const refused = of('refused');
  const onTheWay = refused.filter(({ state }) => state.is === 'refused' && state.refusal.by === 'gateway');
  const sendAllAgain = async () => {
    await outbox.sendAgain(onTheWay.toReversed());
    office.send();
  };
  return (
    <>
      <h1>{t('outbox')}</h1>
      <Status
        refused={refused.length}
        waiting={of('waiting').length}
        others={others.filter(({ state }) => state.is === 'waiting').length}
        isNobody={self?.mode === 'nobody'}
      />
      <Others entries={others} />
      {parts.map((is) => {
        const shown = of(is);
        return (
          shown.length > 0 && (
            <section key={is} className="part" aria-label={t(`list.${is}`)}>
              <h2 className="part-head">
                {t(`list.${is}`)} {is !== 'refused' && <small>{t(`hint.${is}`)}</small>}
              </h2>
              <ul className="entries">
                {shown.map((entry) => (
                  <OneEntry key={entry.id} entry={entry} />
                ))}
              </ul>
              {is === 'refused' && onTheWay.length > 1 && (
                <button type="button" className={styles.chip} onClick={() => void sendAllAgain()}>
                  {t('sendAllAgain')}
                </button>
              )}
            </section>
          )
        );
      })}
    </>
  );
}

/** How many entries are not recorded yet, and why. */
function Status({
  refused,
  waiting,
  others,
  isNobody,
}: {
  refused: number;
  waiting: number;
  /** Those that wait for another person. */
  others: number;
  isNobody: boolean;
}) {
  const { t, language, entries, post, office } = useAround();
  const { at } = useReach();
  const counts = [
    ...(refused > 0 ? [t('count.refused', { count: refused })] : []),
    ...(waiting > 0 ? [t('count.waiting', { count: waiting })] : []),
  ];
  const forOthers = isNobody ? 'signed-out' : undefined;
  const withoutOwn = refused > 0 ? 'aside' : others > 0 ? forOthers : 'at-rest';
  const why = waiting === 0 && post !== 'sending' ? withoutOwn : post;
  return (
    <>
      <p role="status" className="status">
        {counts.length > 0 && <strong>{counts.join(language === 'zh' ? '，' : ', ')}</strong>}
        {/* An entry that only waits for another one does not indicate a network problem. */}
        {entries.length === 0
          ? t('outboxEmpty')
          : why && (why !== 'at-rest' || waiting === 0) && t(`post.${why}`)}
        {post !== 'at-rest' && post !== 'sending' && at && (
          <small>{t('lastReached', { at: timeWords(at, language) })}</small>
        )}
      </p>
      <div className={styles.chips}>
        {waiting > 0 && post !== 'sending' && (
          <button type="button" className={styles.chip} onClick={() => office.send()}>
            {t('sendNow')}
          </button>
        )}
        {post === 'signed-out' && waiting > 0 && (
          <button type="button" className={`${styles.chip} ${styles.main}`} onClick={askToSignIn}>
            {t('signInHere')}
          </button>
        )}
        {post === 'gateway' && (
          <a className={styles.chip} href="/">
            {t('signIn')}
          </a>
        )}
      </div>
    </>
  );
}
