import { TextInput } from '@mantine/core';
import { useRulesTexts } from './texts.js';

/** A whole number that may be empty; other characters are ignored. */
export function FigureInput({
  label,
  description,
  unit,
  value,
  onChange,
  error,
  isDisabled = false,
}: {
  label: string;
  description?: string;
  unit?: string;
  value: number | undefined;
  onChange: (value: number | undefined) => void;
  error?: string | boolean | undefined;
  isDisabled?: boolean;
}) {
  const say = useRulesTexts();
  return (
    <TextInput
      size="xs"
      label={unit ? say('withUnit', { label, unit }) : label}
      description={description}
      inputMode="numeric"
      disabled={isDisabled}
      value={value === undefined ? '' : String(value)}
      error={error}
      onChange={(event) => {
        const digits = event.currentTarget.value.normalize('NFKC').replace(/\D/g, '').slice(0, 5);
        onChange(digits === '' ? undefined : Number(digits));
      }}
    />
  );
}
