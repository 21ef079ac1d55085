import styles from '../forms.module.css';

/** One of a few choices. */
export function Chip({ isOn, name, onTap }: { isOn: boolean; name: string; onTap(): void }) {
  return (
    <button type="button" className={styles.chip} aria-pressed={isOn} onClick={onTap}>
      {name}
    </button>
  );
}

/** A few choices under a label; tapping the chosen one of an optional group frees it. */
export function ChipsField({
  label,
  choices,
  value,
  isOptional = false,
  onChange,
}: {
  label: string;
  choices: readonly (readonly [value: string, name: string])[];
  value: string;
  isOptional?: boolean;
  onChange(value: string): void;
}) {
  return (
    <fieldset className={styles.group}>
      <legend>{label}</legend>
      <div className={styles.chips}>
        {choices.map(([one, name]) => (
          <Chip
            key={one}
            isOn={value === one}
            name={name}
            onTap={() => onChange(isOptional && value === one ? '' : one)}
          />
        ))}
      </div>
    </fieldset>
  );
}
