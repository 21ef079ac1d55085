import { useState } from 'react';
import type { Self } from '../shared/self.js';
import { Field } from './field.js';
import styles from './sign-in.module.css';
import { useSignInTexts } from './texts.js';
import { useEntering } from './use-entering.js';

/** Sets a password by a one-time link, and signs in. */
export function LinkForm({ link, onEntered }: { link: string; onEntered(self: Self): void }) {
  const t = useSignInTexts();
  const [password, setPassword] = useState('');
  const [repeated, setRepeated] = useState('');
  const { isUnderWay, fault, enter, refuse } = useEntering(onEntered);
  return (
    <form
      className={styles.card}
      onSubmit={(event) => {
        event.preventDefault();
        if (password === repeated) enter({ link, password });
        else refuse(t('different'));
      }}
    >
      <h1>{t('linkTitle')}</h1>
      <p className={styles.quiet}>{t('linkHint')}</p>
      <Field
        label={t('newPassword')}
        type="password"
        name="new-password"
        autoComplete="new-password"
        autoFocus
        value={password}
        onChange={setPassword}
        isWrong={fault !== undefined}
      />
      <Field
        label={t('repeated')}
        type="password"
        name="repeated-password"
        autoComplete="new-password"
        value={repeated}
        onChange={setRepeated}
        isWrong={fault !== undefined}
      />
      <div role="alert">{fault !== undefined && <p className={styles.fault}>{fault}</p>}</div>
      <button type="submit" className={styles.enter} disabled={isUnderWay}>
        {t(isUnderWay ? 'entering' : 'set')}
      </button>
    </form>
  );
}
