import { keepPlace } from './onward.js';
import styles from './sign-in.module.css';
import { textOf, useSignInTexts } from './texts.js';

/** Why a sign-in at the provider signed nobody in here, as the address of the page says it. */
export interface RefusedThere {
  kind: string;
  /** What the provider knows the person by; of an identity that is tied to nobody. */
  subject?: string;
}

/** The sign-in at the provider of identities, beside those of this page; and why the last one signed nobody in. */
export function ProviderWay({
  provider,
  refusal,
  isOverPage,
}: {
  provider: string | undefined;
  refusal: RefusedThere | undefined;
  /** What is typed on the page stays: the provider opens beside it. */
  isOverPage: boolean;
}) {
  const t = useSignInTexts();
  const page = location.pathname.startsWith('/log') ? 'log' : 'office';
  return (
    <>
      {refusal && <ProviderFault refusal={refusal} />}
      {provider !== undefined && (
        <>
          <a
            className={styles.enter}
            href={`/session/provider?page=${page}`}
            {...(isOverPage ? { target: '_blank', rel: 'noreferrer' } : { onClick: keepPlace })}
          >
            {t('byProvider', { provider })}
          </a>
          {isOverPage && <p className={styles.quiet}>{t('byProviderAgain')}</p>}
          <p className={styles.or}>{t('orHere')}</p>
        </>
      )}
    </>
  );
}

/** Why a sign-in at the provider signed nobody in. */
export function ProviderFault({ refusal: { kind, subject } }: { refusal: RefusedThere }) {
  const t = useSignInTexts();
  return (
    <div role="alert">
      <p className={styles.fault}>{t(textOf(kind) ?? 'sign-in-over')}</p>
      {subject !== undefined && <p className={styles.subject}>{subject}</p>}
    </div>
  );
}

/** The refusal that an address of the page names, such as `/refused/identity-unknown/SUBJECT`. */
export function refusedIn(path: string): RefusedThere | undefined {
  const [, kind, said] = /^\/refused\/([a-z-]+)(?:\/([^/]{1,800}))?$/.exec(path) ?? [];
  if (kind === undefined) return undefined;
  const subject = said === undefined ? undefined : decoded(said);
  return subject === undefined ? { kind } : { kind, subject };
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
