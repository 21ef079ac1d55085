import { useState } from 'react';
import type { Self } from '../shared/self.js';
import { Field } from './field.js';
import { ProviderWay, type RefusedThere } from './provider-way.js';
import styles from './sign-in.module.css';
import { useSignInTexts } from './texts.js';
import { useEntering } from './use-entering.js';

/** Signs in by name and password, or by a key. */
export function SignInForm({
  heading,
  first = '',
  onEntered,
  onCode,
  onLater,
  provider,
  refusal,
}: {
  /** Why it is asked for: at first, or again. */
  heading: 'title' | 'again';
  /** The name that is filled in. */
  first?: string;
  onEntered(self: Self): void;
  /** Shown where a phone can be enrolled. */
  onCode?: (() => void) | undefined;
  /** Shown where the page can be used without. */
  onLater?: (() => void) | undefined;
  /** The host of the provider of identities, if there is one. */
  provider?: string | undefined;
  /** Why the provider's sign-in did not sign in here. */
  refusal?: RefusedThere | undefined;
}) {
  const t = useSignInTexts();
  const [byKey, setByKey] = useState(false);
  const [who, setWho] = useState(first);
  const [secret, setSecret] = useState('');
  const { isUnderWay, fault, enter } = useEntering(onEntered);
  const change = () => {
    setSecret('');
    setByKey(!byKey);
  };
  return (
    <form
      className={styles.card}
      onSubmit={(event) => {
        event.preventDefault();
        enter(byKey ? { key: secret.trim() } : { who, password: secret });
      }}
    >
      <h1>{t(heading)}</h1>
      {heading === 'again' && <p>{t('againHint')}</p>}
      {(provider !== undefined || refusal) && (
        <ProviderWay provider={provider} refusal={refusal} isOverPage={heading === 'again'} />
      )}
      {!byKey && (
        <Field
          label={t('who')}
          name="username"
          autoComplete="username"
          autoFocus={first === ''}
          value={who}
          onChange={setWho}
          isWrong={fault !== undefined}
        />
      )}
      <Field
        key={String(byKey)}
        label={t(byKey ? 'key' : 'password')}
        type="password"
        name={byKey ? 'key' : 'password'}
        autoComplete={byKey ? 'off' : 'current-password'}
        autoFocus={byKey || first !== ''}
        value={secret}
        onChange={setSecret}
        isWrong={fault !== undefined}
        {...(byKey ? { hint: t('keyHint') } : {})}
      />
      <div role="alert">{fault !== undefined && <p className={styles.fault}>{fault}</p>}</div>
      <div className={styles.actions}>
        <button type="submit" className={styles.enter} disabled={isUnderWay}>
          {t(isUnderWay ? 'entering' : 'enter')}
        </button>
        <button type="button" className={styles.aside} onClick={change}>
          {t(byKey ? 'usePassword' : 'useKey')}
        </button>
        {onCode && (
          <button type="button" className={styles.aside} onClick={onCode}>
            {t('useCode')}
          </button>
        )}
        {onLater && (
          <button type="button" className={styles.aside} onClick={onLater}>
            {t('later')}
          </button>
        )}
      </div>
      <p className={styles.quiet}>{t('forgotten')}</p>
    </form>
  );
}
