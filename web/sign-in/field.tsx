import { type InputHTMLAttributes, useId } from 'react';
import styles from './sign-in.module.css';

/** One line of text with its label. */
export function Field({
  label,
  hint,
  value,
  onChange,
  isWrong = false,
  ...input
}: {
  label: string;
  hint?: string;
  value: string;
  onChange(value: string): void;
  isWrong?: boolean;
} & Pick<
  InputHTMLAttributes<HTMLInputElement>,
  'type' | 'name' | 'autoComplete' | 'autoFocus' | 'autoCapitalize'
>) {
  const [id, hintId] = [useId(), useId()];
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{label}</label>
      <input
        autoCapitalize="none"
        {...input}
        id={id}
        required
        maxLength={200}
        spellCheck={false}
        aria-invalid={isWrong}
        aria-describedby={hint === undefined ? undefined : hintId}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
      {hint !== undefined && <small id={hintId}>{hint}</small>}
    </div>
  );
}
