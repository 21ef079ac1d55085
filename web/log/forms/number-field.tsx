import { useId } from 'react';

/** A number from 0 up, entered on a numeric keypad; empty when not given. */
export function NumberField({
  name,
  value,
  onChange,
  most,
  step = 1,
}: {
  name: string;
  value: string;
  onChange(value: string): void;
  most?: number;
  step?: number;
}) {
  const id = useId();
  return (
    <div className="labelled">
      <label htmlFor={id}>{name}</label>
      <input
        id={id}
        className="field"
        type="number"
        inputMode={step === 1 ? 'numeric' : 'decimal'}
        min={0}
        max={most}
        step={step}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </div>
  );
}
