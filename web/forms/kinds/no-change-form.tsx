import { addDays } from '../../../domain/values/days/calendar.js';
import { TextField } from '../fields/text-field.js';
import { type FormProps, Save } from '../form.js';
import { checked } from '../said/checked.js';
import { useFormTexts } from '../texts.js';
import { useTyped } from '../typed.js';

/** "No change" in a period, by default of seven days, which is different from no report. */
export function NoChangeForm({ initial, asOf, on, note, onSave }: FormProps) {
  const { t, language } = useFormTexts();
  const before = initial?.type === 'NoChangeReported' ? initial : undefined;
  // They follow the day of the entry until edited; that day may become known only after the form is rendered.
  const [chosenFrom, setFrom] = useTyped('from', before?.from);
  const [chosenTo, setTo] = useTyped('to', before?.to);
  const [from, to] = [chosenFrom ?? addDays(asOf, -6), chosenTo ?? asOf];
  const empty = from === '' ? t('from') : to === '' ? t('to') : undefined;
  const { fact, fault } = checked(
    empty === undefined ? { fact: { type: 'NoChangeReported', from, to } } : { fault: { label: empty } },
    { asOf, on },
    language,
  );
  return (
    <>
      <TextField label={t('from')} type="date" max={asOf} value={from} onChange={setFrom} />
      <TextField label={t('to')} type="date" max={asOf} value={to} onChange={setTo} />
      {note}
      <Save fault={fault} onSave={() => fact && onSave(fact)} />
    </>
  );
}
