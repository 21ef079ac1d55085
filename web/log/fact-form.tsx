import { type ReactNode, useState } from 'react';
import { addDays, type Day } from '../../src/domain/calendar.js';
import type { ProjectItems } from './catalog.js';
import { DayField, NoteField } from './day-and-note.js';
import type { FactSaid } from './facts.js';
import type { Core, FormProps } from './form.js';
import { ItemForm } from './item-form.js';
import { ForecastForm, MoneyForm, NoChangeForm, ResumedForm, StallForm } from './whole-forms.js';

/** The day, the form for what is said, and a remark. */
export function FactForm({
  what,
  items,
  on,
  initial,
  onSave,
}: {
  what: string;
  items: ProjectItems;
  on: Day;
  initial?: FactSaid;
  onSave(fact: FactSaid): void | Promise<void>;
}) {
  // Until another day is chosen it is today, which may become known only after the form is there.
  const [chosen, setChosen] = useState(initial?.asOf);
  const asOf = chosen ?? on;
  const [note, setNote] = useState(initial?.note ?? '');
  const [isSaving, setSaving] = useState(false);
  const save = async (core: Core) => {
    // A second tap on the same button must not make a second entry.
    if (isSaving) return;
    setSaving(true);
    await onSave({ ...core, asOf, ...(note.trim() ? { note: note.trim() } : {}) } as FactSaid);
    setSaving(false);
  };
  const props: FormProps = {
    items,
    asOf,
    ...(initial ? { initial } : {}),
    note: <NoteField value={note} onChange={setNote} />,
    onSave: (core) => void save(core),
  };
  const forms: Record<string, () => ReactNode> = {
    Money: () => <MoneyForm {...props} />,
    Stall: () => <StallForm {...props} />,
    Resumed: () => <ResumedForm {...props} />,
    Forecast: () => <ForecastForm {...props} />,
    NoChange: () => <NoChangeForm {...props} first={addDays(asOf, -6)} />,
  };
  return (
    <>
      <DayField value={asOf} on={on} onChange={setChosen} />
      {forms[what]?.() ?? <ItemForm {...props} item={what} />}
    </>
  );
}
