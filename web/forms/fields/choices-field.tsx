import type { Choices } from '../../../domain/project/facts/members.js';
import styles from '../forms.module.css';
import { useFormTexts } from '../texts.js';
import { Chip } from './chips.js';

/** Any of a few choices; the value is their names with commas. */
export function ChoicesField({
  label,
  choices,
  value,
  onChange,
}: {
  label: string;
  choices: Choices;
  value: string;
  onChange(value: string): void;
}) {
  const { language } = useFormTexts();
  const chosen = value === '' ? [] : value.split(',');
  const tap = (one: string) => {
    const others = chosen.filter((other) => other !== one);
    onChange((others.length < chosen.length ? others : [...chosen, one]).join(','));
  };
  return (
    <fieldset className={styles.group}>
      <legend>{label}</legend>
      <div className={styles.chips}>
        {Object.entries(choices).map(([one, words]) => (
          <Chip key={one} isOn={chosen.includes(one)} name={words[language]} onTap={() => tap(one)} />
        ))}
      </div>
    </fieldset>
  );
}
