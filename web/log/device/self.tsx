import { useEffect, useState } from 'react';
import styles from '../../forms/forms.module.css';
import { dayWords } from '../../shared/figures.js';
import { useKnownSelf } from '../../shared/self.js';
import { askToSignIn } from '../../sign-in/gate.js';
import { leave } from '../../sign-in/leave.js';
import { useAround } from '../around.js';
import { keepForGood } from '../outbox/device.js';
import { addressOf } from '../place.js';
import { isInstalled, useInstall } from './install.js';
import { personName } from './person-name.js';

/** Who logs with this phone, until when, and the way out. */
export function SelfScreen() {
  const { t, language, entries } = useAround();
  const { self } = useKnownSelf() ?? {};
  const waiting = entries.filter(({ state }) => state.is !== 'recorded').length;
  const install = useInstall();
  const [isKept, setKept] = useState<boolean>();
  useEffect(() => void keepForGood().then(setKept), []);
  const { person, name, signedInBy, until } = self ?? {};
  if (person === undefined)
    return (
      <>
        <h1>{t('isOut')}</h1>
        {waiting > 0 && <p>{t('waitHere', { count: waiting })}</p>}
        {self?.mode === 'nobody' && (
          <div className={styles.chips}>
            <button type="button" className={`${styles.chip} ${styles.main}`} onClick={askToSignIn}>
              {t('signInHere')}
            </button>
            {waiting > 0 && (
              <a className={styles.chip} href={addressOf({ at: 'outbox' })}>
                {t('outbox')}
              </a>
            )}
          </div>
        )}
      </>
    );
  const isDevice = signedInBy?.kind === 'device';
  return (
    <>
      <h1>
        {t('logsAs', { name: personName({ person, name }, t) })}
        <small>{t('offlineHint')}</small>
      </h1>
      <p className="quiet">
        {isDevice && until ? t('until', { day: dayWords(until.slice(0, 10), language) }) : t('untilSession')}
      </p>
      {isKept === false && !isInstalled() && <p className={styles.notice}>{t('storageMayGo')}</p>}
      <div className={styles.chips}>
        <a className={`${styles.chip} ${styles.main}`} href={addressOf({ at: 'projects' })}>
          {t('startLogging')}
        </a>
        {install && (
          <button type="button" className={styles.chip} onClick={install}>
            {t('install')}
          </button>
        )}
        {!isDevice && (
          <a className={styles.chip} href="#/enrol/">
            {t('enrolThis')}
          </a>
        )}
      </div>
      <SignOut />
    </>
  );
}

/** Signs this phone out; what is not sent yet stays on it. */
function SignOut() {
  const { t, entries } = useAround();
  const { self } = useKnownSelf() ?? {};
  const [isSure, setSure] = useState(false);
  const [hasFailed, setFailed] = useState(false);
  const waiting = entries.filter(
    ({ state, owner }) => state.is !== 'recorded' && owner?.person === self?.person,
  ).length;
  if (!isSure)
    return (
      <div className={styles.chips}>
        <button type="button" className={styles.chip} onClick={() => setSure(true)}>
          {t('signOut')}
        </button>
      </div>
    );
  return (
    <section className="part" aria-label={t('signOut')}>
      {waiting > 0 && <p className={styles.notice}>{t('signOutHint', { count: waiting })}</p>}
      {hasFailed && <p role="alert">{t('post.no-network')}</p>}
      <div className={styles.chips}>
        <button
          type="button"
          className={`${styles.chip} ${styles.main}`}
          onClick={() => void leave().catch(() => setFailed(true))}
        >
          {t('signOut')}
        </button>
        <button type="button" className={styles.chip} onClick={() => setSure(false)}>
          {t('cancel')}
        </button>
      </div>
    </section>
  );
}
