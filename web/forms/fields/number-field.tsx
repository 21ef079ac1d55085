import { TextField } from './text-field.js';

/** A number, from 0 unless `least` is lower, entered on a numeric keypad; empty when not given. */
export function NumberField({
  name,
  value,
  onChange,
  least = 0,
  most,
  step = 1,
}: {
  name: string;
  value: string;
  onChange(value: string): void;
  least?: number;
  most?: number;
  step?: number | 'any';
}) {
  return (
    <TextField
      label={name}
      type="number"
      // Keypads for whole numbers have no minus on some phones.
      inputMode={least < 0 ? 'text' : step === 1 ? 'numeric' : 'decimal'}
      min={least}
      max={most}
      step={step}
      value={value}
      onChange={onChange}
    />
  );
}
