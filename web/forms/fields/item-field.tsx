import { nameWords } from '../../../domain/values/words.js';
import styles from '../forms.module.css';
import type { ItemName } from '../said/known.js';
import { useFormTexts } from '../texts.js';

/** An item of the plan; empty stands for what `none` says. */
export function ItemField({
  label,
  none,
  items,
  value,
  onChange,
}: {
  label: string;
  none: string;
  items: readonly ItemName[];
  value: string;
  onChange(item: string): void;
}) {
  const { language } = useFormTexts();
  const isKnown = value === '' || items.some(({ item }) => item === value);
  return (
    <label className={styles.labelled}>
      {label}
      <select className={styles.field} value={value} onChange={(event) => onChange(event.target.value)}>
        <option value="">{none}</option>
        {!isKnown && <option value={value}>{value}</option>}
        {items.map(({ item, names }) => (
          <option key={item} value={item}>
            {nameWords(names, item)[language]}
          </option>
        ))}
      </select>
    </label>
  );
}
