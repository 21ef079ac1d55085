import { Group, NativeSelect, TextInput } from '@mantine/core';
import { labelled } from '../../../domain/values/punctuation.js';
import { useLanguage } from '../../shared/language.js';
import { type MoneyForm, moneyUnits } from './money-form.js';
import { useSetupTexts } from './texts.js';

/** An amount of money and its unit. */
export function MoneyField({
  label,
  value,
  onChange,
  error,
  size,
}: {
  label: string;
  value: MoneyForm;
  onChange: (value: MoneyForm) => void;
  error?: string | undefined;
  size?: 'xs';
}) {
  const language = useLanguage();
  const say = useSetupTexts();
  const units = moneyUnits.some((unit) => unit === value.unit) ? moneyUnits : [...moneyUnits, value.unit];
  return (
    <Group gap={4} align="flex-start" wrap="nowrap">
      <TextInput
        {...(size ? { size } : {})}
        label={label}
        inputMode="decimal"
        value={value.amount}
        onChange={(event) => onChange({ ...value, amount: event.currentTarget.value })}
        error={error}
        flex={1}
      />
      <NativeSelect
        {...(size ? { size } : {})}
        label={say('unit')}
        aria-label={labelled(label, say('unit'), language)}
        value={value.unit}
        onChange={(event) => onChange({ ...value, unit: event.currentTarget.value })}
        data={[...units]}
        w="6rem"
      />
    </Group>
  );
}
