import type { Member, Shape } from '../../../domain/project/facts/members.js';
import { useAround } from '../around.js';
import { Chip } from './day-and-note.js';
import type { GenericFact } from './facts.js';
import { type FormProps, Save } from './form.js';
import { statedBy, type TypedMembers, typedIn } from './generic.js';
import { useTyped } from './typed.js';

/** The form of a fact that has none of its own: a field a member. */
export function GenericForm({
  type,
  shape,
  initial,
  note,
  onSave,
}: FormProps & { type: GenericFact['type']; shape: Shape }) {
  const { language } = useAround();
  const first = JSON.stringify(initial?.type === type ? typedIn(initial, shape) : {});
  const [text, setText] = useTyped<string>('members', first);
  const typed = JSON.parse(text) as TypedMembers;
  const label = (name: string) => shape[name]?.label?.[language] ?? name;
  // An item is chosen in the list of items, not typed.
  const asked = Object.entries(shape).filter(([, { kind }]) => kind !== 'item');
  const stated = statedBy(type, shape, typed);
  return (
    <>
      {asked.map(([name, member]) => (
        <Field
          key={name}
          label={label(name)}
          member={member}
          value={typed[name] ?? ''}
          onChange={(value) => setText(JSON.stringify({ ...typed, [name]: value }))}
        />
      ))}
      {note}
      <Save
        missing={'missing' in stated ? label(stated.missing) : undefined}
        onSave={() => 'fact' in stated && onSave(stated.fact)}
      />
    </>
  );
}

interface FieldProps {
  label: string;
  member: Member;
  value: string;
  onChange(value: string): void;
}

function Field({ label, member, value, onChange }: FieldProps) {
  const { language } = useAround();
  if ('choices' in member) {
    const chosen = value === '' ? [] : value.split(',');
    const tap = (one: string) => {
      if (member.kind === 'choice') return onChange(one);
      const others = chosen.filter((other) => other !== one);
      onChange((others.length < chosen.length ? others : [...chosen, one]).join(','));
    };
    return (
      <fieldset className="group">
        <legend>{label}</legend>
        <div className="chips">
          {Object.entries(member.choices).map(([one, words]) => (
            <Chip key={one} isOn={chosen.includes(one)} name={words[language]} onTap={() => tap(one)} />
          ))}
        </div>
      </fieldset>
    );
  }
  return (
    <label className="labelled">
      {label}
      <input
        className="field"
        {...inputOf(member)}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </label>
  );
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
    default:
      return {};
  }
}
