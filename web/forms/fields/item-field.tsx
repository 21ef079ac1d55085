import { nameWords } from '../../../domain/values/words.js';
import type { ItemName } from '../said/known.js';
import { useFormTexts } from '../texts.js';
import { SelectField } from './select-field.js';

/** An item of the plan; empty stands for what `none` says, and an unplanned one is kept. */
export function ItemField({
  items,
  ...field
}: {
  label: string;
  none: string;
  items: readonly ItemName[];
  value: string;
  onChange(item: string): void;
}) {
  const { language } = useFormTexts();
  const { value } = field;
  const choices = items.map(({ item, names }) => [item, nameWords(names, item)[language]] as const);
  const isKnown = value === '' || items.some(({ item }) => item === value);
  return <SelectField {...field} choices={isKnown ? choices : [[value, value], ...choices]} />;
}
