import { useId } from 'react';
import styles from '../forms.module.css';

/** One of many choices; the empty one is the first. */
export function SelectField({
  label,
  none,
  choices,
  value,
  onChange,
}: {
  label: string;
  /** What the empty choice says. */
  none: string;
  choices: readonly (readonly [value: string, name: string])[];
  value: string;
  onChange(value: string): void;
}) {
  const id = useId();
  return (
    <div className={styles.labelled}>
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        className={styles.field}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      >
        <option value="">{none}</option>
        {choices.map(([one, name]) => (
          <option key={one} value={one}>
            {name}
          </option>
        ))}
      </select>
    </div>
  );
}
