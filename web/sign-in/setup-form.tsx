import { useRef, useState } from 'react';
import { tell } from '../shared/ask.js';
import type { Self } from '../shared/self.js';
import { Field } from './field.js';
import styles from './sign-in.module.css';
import { useSignInTexts } from './texts.js';
import { useEntering } from './use-entering.js';

/** Makes the first administrator by the link that the start of the service prints, and signs them in. */
export function SetupForm({ token, onEntered }: { token: string; onEntered(self: Self): void }) {
  const t = useSignInTexts();
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const [repeated, setRepeated] = useState('');
  // A password that is refused is said again, for the administrator who is there by then.
  const made = useRef<string>(undefined);
  const { isUnderWay, fault, enter, refuse } = useEntering(onEntered);
  const set = async () => {
    const body = { token, name };
    const link =
      made.current ??
      (await tell<{ link: { link: string } }>('POST', '/access/first-administrator', body)).answer.link.link;
    made.current = link;
    return { link, password };
  };
  return (
    <form
      className={styles.card}
      onSubmit={(event) => {
        event.preventDefault();
        if (password === repeated) enter(set);
        else refuse(t('different'));
      }}
    >
      <h1>{t('setupTitle')}</h1>
      <p className={styles.quiet}>{t('setupHint')}</p>
      <Field
        label={t('setupName')}
        name="username"
        autoComplete="name"
        autoFocus
        value={name}
        onChange={setName}
      />
      <Field
        label={t('newPassword')}
        hint={t('passwordHint')}
        type="password"
        name="new-password"
        autoComplete="new-password"
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
        {t(isUnderWay ? 'entering' : 'setupEnter')}
      </button>
    </form>
  );
}
