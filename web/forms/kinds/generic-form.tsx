import type { Shape } from '../../../domain/project/facts/members.js';
import { MembersFields } from '../fields/members-fields.js';
import { type FormProps, Save } from '../form.js';
import { checked } from '../said/checked.js';
import type { FactSaid } from '../said/facts.js';
import { statedBy } from '../said/stated.js';
import { useFormTexts } from '../texts.js';
import { useMembers } from '../use-members.js';

/** The form of a fact by its descriptor: a field a member. */
export function GenericForm({
  type,
  shape,
  items,
  asOf,
  on,
  initial,
  note,
  onSave,
}: FormProps & { type: FactSaid['type']; shape: Shape }) {
  const { language } = useFormTexts();
  const [typed, setTyped] = useMembers(type, shape, initial);
  const { fact, fault } = checked(statedBy(type, shape, typed, language), { asOf, on }, language);
  return (
    <>
      <MembersFields shape={shape} items={items} asOf={asOf} typed={typed} onChange={setTyped} />
      {note}
      <Save fault={fault} onSave={() => fact && onSave(fact)} />
    </>
  );
}
