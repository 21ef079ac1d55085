import { useState } from 'react';
import type { Known, Self } from '../shared/self.js';
import { Field } from './field.js';
import styles from './sign-in.module.css';
import { useSignInTexts } from './texts.js';
import { useEntering } from './use-entering.js';

/** Letters and digits of a code. */
const codeLength = 10;

/** Takes the code that a signed-in page or the terminal shows, and makes this phone that of its person. */
export function EnrolForm({
  first = '',
  before,
  onEntered,
  onOther,
  onLater,
}: {
  /** The code of the address that was opened. */
  first?: string;
  /** Whose enrolment has ended. */
  before?: Known['before'];
  onEntered(self: Self): void;
  /** Shown where somebody can sign in otherwise. */
  onOther?: (() => void) | undefined;
  /** Shown where the page can be used without. */
  onLater?: (() => void) | undefined;
}) {
  const t = useSignInTexts();
  const [code, setCode] = useState(first);
  const [label, setLabel] = useState(() => t('labelFirst'));
  const { isUnderWay, fault, enter, refuse } = useEntering(onEntered, '/devices');
  const isWhole = code.replaceAll(/[^\p{L}\p{N}]/gu, '').length === codeLength;
  return (
    <form
      className={styles.card}
      onSubmit={(event) => {
        event.preventDefault();
        if (isWhole) enter({ code, label: label.trim() || t('labelFirst') });
        else refuse(t('codeShort'));
      }}
    >
      <h1>{t(before ? 'phoneOut' : 'enrolTitle')}</h1>
      {before && <p>{t('phoneOutHint', { name: before.name ?? t('somebody') })}</p>}
      <p className={styles.quiet}>{t('enrolHint')}</p>
      {isAppleBrowser() && <p>{t('installApple')}</p>}
      <Field
        label={t('code')}
        hint={t('codeHint')}
        name="code"
        autoComplete="one-time-code"
        autoCapitalize="characters"
        autoFocus={first === ''}
        value={code}
        onChange={setCode}
        isWrong={fault !== undefined}
      />
      <Field
        label={t('label')}
        hint={t('labelHint')}
        name="label"
        autoComplete="off"
        value={label}
        onChange={setLabel}
      />
      <div role="alert">{fault !== undefined && <p className={styles.fault}>{fault}</p>}</div>
      <div className={styles.actions}>
        <button type="submit" className={styles.enter} disabled={isUnderWay}>
          {t(isUnderWay ? 'enrolling' : 'enrol')}
        </button>
        {onOther && (
          <button type="button" className={styles.aside} onClick={onOther}>
            {t('usePassword')}
          </button>
        )}
        {onLater && (
          <button type="button" className={styles.aside} onClick={onLater}>
            {t('later')}
          </button>
        )}
      </div>
    </form>
  );
}

/** The browser of an iPhone or iPad: an app of its home screen has a sign-in of its own. */
function isAppleBrowser(): boolean {
  return /iPhone|iPad/.test(navigator.userAgent) && !matchMedia('(display-mode: standalone)').matches;
}
