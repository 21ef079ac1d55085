import { moneyIn } from '../../../domain/values/money-text.js';
import styles from '../forms.module.css';
import { moneyUnits } from '../said/stated.js';
import { Chip } from './chips.js';
import { TextField } from './text-field.js';

/** An amount as people write it; the unit beside it counts where the amount has none. */
export function MoneyField({
  label,
  value,
  unit,
  onChange,
  onUnit,
}: {
  label: string;
  value: string;
  unit: string;
  onChange(amount: string): void;
  onUnit(unit: string): void;
}) {
  const isWhole = !('fault' in moneyIn(value));
  const units = moneyUnits.some((one) => one === unit) ? moneyUnits : [...moneyUnits, unit];
  return (
    <>
      <TextField
        label={label}
        placeholder="12,000 · 3-4亿元 · 约3亿"
        maxLength={80}
        value={value}
        onChange={onChange}
      />
      <div className={styles.chips}>
        {units.map((one) => (
          <Chip key={one} isOn={!isWhole && unit === one} name={one} onTap={() => onUnit(one)} />
        ))}
      </div>
    </>
  );
}
