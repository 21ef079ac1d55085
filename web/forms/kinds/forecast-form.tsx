import { facts } from '../../../domain/project/facts/facts.js';
import { targetWords } from '../../../domain/project/facts/forecast-given.js';
import type { Shape } from '../../../domain/project/facts/members.js';
import { ChipsField } from '../fields/chips.js';
import { ItemField } from '../fields/item-field.js';
import { MembersFields } from '../fields/members-fields.js';
import { type FormProps, Save } from '../form.js';
import { checked } from '../said/checked.js';
import { statedBy } from '../said/stated.js';
import { useFormTexts } from '../texts.js';
import { useMembers } from '../use-members.js';

const { shape } = facts.ForecastGiven;
/** The members with a field by their descriptor: the target has its own, and only an item has a start and a finish. */
const membersOf = (isOfItem: boolean): Shape =>
  Object.fromEntries(
    Object.entries(shape).filter(([name]) => name !== 'target' && (name !== 'what' || isOfItem)),
  );

/** A forecast of the start, completion or opening of the project, or of an item; in which period, or without a day. */
export function ForecastForm({ items, asOf, on, initial, note, onSave }: FormProps) {
  const { t, language } = useFormTexts();
  const before = initial?.type === 'ForecastGiven' ? initial : undefined;
  const [typed, setTyped] = useMembers('ForecastGiven', shape, before && { ...before, when: whenOf(before) });
  const { target = '' } = typed;
  const isOfItem = items.items.some(({ item }) => item === target) || !(target in targetWords);
  const aim = (next: string) => {
    const { what: _, ...rest } = typed;
    setTyped({ ...rest, target: next });
  };
  const { fact, fault } = checked(statedBy('ForecastGiven', shape, typed, language), { asOf, on }, language);
  return (
    <>
      <ChipsField
        label={t('target')}
        choices={Object.entries(targetWords).map(([one, name]) => [one, name[language]])}
        value={isOfItem ? '' : target}
        onChange={aim}
      />
      {items.items.length > 0 && (
        <ItemField
          label={t('targetItem')}
          none={t('noneOfThem')}
          items={items.items}
          value={isOfItem ? target : ''}
          onChange={(item) => aim(item || 'completion')}
        />
      )}
      <MembersFields
        shape={membersOf(isOfItem)}
        items={items}
        asOf={asOf}
        typed={typed}
        onChange={setTyped}
      />
      {note}
      <Save fault={fault} onSave={() => fact && onSave(fact)} />
    </>
  );
}

/** The words of a forecast that is edited again; entries of before have days. */
function whenOf({ when, earliest, latest }: { when?: string; earliest?: string; latest?: string }): string {
  if (when !== undefined) return when;
  return earliest === latest ? (latest ?? '') : `${earliest ?? ''}..${latest ?? ''}`;
}
