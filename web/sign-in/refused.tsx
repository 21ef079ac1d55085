import { goTo } from '../shared/place.js';
import { useSelf } from '../shared/self.js';
import { takePlace } from './onward.js';
import { ProviderFault, type RefusedThere } from './provider-way.js';
import styles from './sign-in.module.css';
import { useSignInTexts } from './texts.js';

/** Says why a sign-in at the provider changed nothing, while somebody is signed in here. */
export function Refused({ refusal }: { refusal: RefusedThere }) {
  const t = useSignInTexts();
  const name = useSelf()?.name;
  return (
    <section className={styles.card}>
      <h1>{t('refusedTitle')}</h1>
      <ProviderFault refusal={refusal} />
      {name !== undefined && <p>{t('stillSignedIn', { name })}</p>}
      <button
        type="button"
        className={styles.enter}
        onClick={() => goTo(takePlace() ?? '/', { replace: true })}
      >
        {name === undefined ? t('goOn') : t('goOnAs', { name })}
      </button>
    </section>
  );
}
