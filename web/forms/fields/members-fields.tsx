import type { Member, Shape } from '../../../domain/project/facts/members.js';
import type { Day } from '../../../domain/values/days/calendar.js';
import type { ProjectItems } from '../said/known.js';
import { labelIn, moneyUnits, type TypedMembers, unitName } from '../said/stated.js';
import { useFormTexts } from '../texts.js';
import { ChipsField } from './chips.js';
import { ChoicesField } from './choices-field.js';
import { ItemField } from './item-field.js';
import { MoneyField } from './money-field.js';
import { TextField } from './text-field.js';
import { WhenField } from './when-field.js';

/** A field for each member of a fact, by its descriptor. */
export function MembersFields({
  shape,
  items,
  asOf,
  typed,
  onChange,
}: {
  shape: Shape;
  items: ProjectItems;
  asOf: Day;
  typed: TypedMembers;
  onChange(typed: TypedMembers): void;
}) {
  return Object.entries(shape).map(([name, member]) => (
    <MemberField
      key={name}
      name={name}
      member={member}
      items={items}
      asOf={asOf}
      typed={typed}
      onChange={(changed) => onChange({ ...typed, ...changed })}
    />
  ));
}

function MemberField({
  name,
  member,
  items,
  asOf,
  typed,
  onChange,
}: {
  name: string;
  member: Member;
  items: ProjectItems;
  asOf: Day;
  typed: TypedMembers;
  onChange(changed: TypedMembers): void;
}) {
  const { t, language } = useFormTexts();
  const label = labelIn(member, name, language);
  const value = typed[name] ?? '';
  const change = (text: string) => onChange({ [name]: text });
  const isOptional = member.isOptional === true;
  switch (member.kind) {
    case 'choice':
      return (
        <ChipsField
          label={label}
          choices={Object.entries(member.choices).map(([one, words]) => [one, words[language]])}
          value={value}
          isOptional={isOptional}
          onChange={change}
        />
      );
    case 'choices':
      return <ChoicesField label={label} choices={member.choices} value={value} onChange={change} />;
    case 'item':
      if (items.items.length === 0 && value === '') return null;
      return (
        <ItemField
          label={label}
          none={isOptional ? t('wholeProject') : ''}
          items={items.items}
          value={value}
          onChange={change}
        />
      );
    case 'money':
      return (
        <MoneyField
          label={label}
          value={value}
          unit={typed[unitName(name)] ?? moneyUnits[0]}
          onChange={change}
          onUnit={(unit) => onChange({ [unitName(name)]: unit })}
        />
      );
    case 'when':
      return <WhenField label={label} asOf={asOf} value={value} onChange={change} />;
    default:
      return (
        <TextField
          label={label}
          hint={member.kind === 'text-by-language' ? t('bothLanguages') : undefined}
          {...inputOf(member)}
          value={value}
          onChange={change}
        />
      );
  }
}

function inputOf(member: Member): { type?: string; inputMode?: 'numeric' | 'decimal'; maxLength?: number } {
  switch (member.kind) {
    case 'day':
      return { type: 'date' };
    case 'period':
      return { type: 'month' };
    case 'whole-number':
      return { inputMode: 'numeric' };
    case 'percent':
      return { inputMode: 'decimal' };
    case 'text':
      return { maxLength: member.most };
    case 'text-by-language':
      return { maxLength: 2 * member.most + 3 };
    default:
      return {};
  }
}
