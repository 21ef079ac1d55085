import { facts } from '../../../domain/project/facts/facts.js';
import type { Shape } from '../../../domain/project/facts/members.js';
import { isMemberOf, moneyKindWords } from '../../../domain/project/facts/money-reported.js';
import { ChipsField } from '../fields/chips.js';
import { MembersFields } from '../fields/members-fields.js';
import { type FormProps, Save } from '../form.js';
import { checked } from '../said/checked.js';
import { statedBy } from '../said/stated.js';
import { useFormTexts } from '../texts.js';
import { useTyped } from '../typed.js';
import { useMembers } from '../use-members.js';

/** Money of any kind: how much, over which span, counted how, and of which item. */
export function MoneyForm({ items, asOf, on, initial, note, onSave }: FormProps) {
  const { t, language } = useFormTexts();
  const first = initial?.type === 'MoneyReported' ? String(initial.kind) : invested;
  const [kind, setKind] = useTyped<string>('moneyKind', first);
  const type = kind === invested ? 'InvestmentReported' : 'MoneyReported';
  const shape = shapeOf(kind);
  const [kept, setTyped] = useMembers(type, shape, initial);
  const typed = { ...kept, kind };
  const { fact, fault } = checked(statedBy(type, shape, typed, language), { asOf, on }, language);
  return (
    <>
      <ChipsField
        label={t('moneyKind')}
        choices={[
          [invested, t('invested')],
          ...Object.entries(moneyKindWords).map(([one, words]) => [one, words[language]] as const),
        ]}
        value={kind}
        onChange={setKind}
      />
      <MembersFields shape={withoutKind(shape)} items={items} asOf={asOf} typed={typed} onChange={setTyped} />
      {note}
      <Save fault={fault} onSave={() => fact && onSave(fact)} />
    </>
  );
}

/** The kind of money that is a fact of its own. */
const invested = 'invested';

/** The members that a kind of money has; the kind itself has a field of its own. */
function shapeOf(kind: string): Shape {
  if (kind === invested) return facts.InvestmentReported.shape;
  const { shape } = facts.MoneyReported;
  return Object.fromEntries(Object.entries(shape).filter(([name]) => isMemberOf(name, kind)));
}

function withoutKind(shape: Shape): Shape {
  return Object.fromEntries(Object.entries(shape).filter(([name]) => name !== 'kind'));
}
