import { type InputHTMLAttributes, useId } from 'react';
import styles from '../forms.module.css';

/** One line of text, or a day, month or number, by the type of the input. */
export function TextField({
  label,
  hint,
  value,
  onChange,
  ...input
}: {
  label: string;
  hint?: string | undefined;
  value: string;
  onChange(value: string): void;
} & Omit<InputHTMLAttributes<HTMLInputElement>, 'value' | 'onChange' | 'className' | 'id'>) {
  const [id, hintId] = [useId(), useId()];
  return (
    <div className={styles.labelled}>
      <label htmlFor={id}>{label}</label>
      <input
        {...input}
        id={id}
        className={styles.field}
        aria-describedby={hint === undefined ? undefined : hintId}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
      {hint !== undefined && <small id={hintId}>{hint}</small>}
    </div>
  );
}

/** Several lines of text. */
export function LongTextField({
  label,
  most,
  value,
  onChange,
}: {
  label: string;
  most: number;
  value: string;
  onChange(value: string): void;
}) {
  return (
    <label className={styles.labelled}>
      {label}
      <textarea
        className={styles.field}
        rows={2}
        maxLength={most}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </label>
  );
}
