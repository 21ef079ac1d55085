import { useState } from 'react';
import { addDays, type Day } from '../../../domain/values/calendar.js';
import { dayWords } from '../../shared/figures.js';
import { useAround } from '../around.js';

/** Today, yesterday or another day; future days are not offered, because a fact lies in the past. */
export function DayField({ value, on, onChange }: { value: Day; on: Day; onChange(day: Day): void }) {
  const { t, language } = useAround();
  const yesterday = addDays(on, -1);
  const [isChosen, setOther] = useState(false);
  // Today may become known only after the form is rendered.
  const isOther = isChosen || (value !== on && value !== yesterday);
  const choose = (day: Day) => {
    setOther(false);
    onChange(day);
  };
  return (
    <fieldset className="group">
      <legend>
        {t('day')} {dayWords(value, language)}
      </legend>
      <div className="chips">
        <Chip isOn={!isOther && value === on} onTap={() => choose(on)} name={t('today')} />
        <Chip isOn={!isOther && value === yesterday} onTap={() => choose(yesterday)} name={t('yesterday')} />
        <Chip isOn={isOther} onTap={() => setOther(true)} name={t('otherDay')} />
      </div>
      {isOther && (
        <input
          type="date"
          className="field"
          aria-label={t('otherDay')}
          value={value}
          max={on}
          onChange={(event) => event.target.value && onChange(event.target.value)}
        />
      )}
    </fieldset>
  );
}

export function NoteField({ value, onChange }: { value: string; onChange(note: string): void }) {
  const { t } = useAround();
  return (
    <label className="labelled">
      {t('note')}
      <textarea
        className="field"
        rows={2}
        maxLength={2000}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </label>
  );
}

/** One of a few choices. */
export function Chip({ isOn, name, onTap }: { isOn: boolean; name: string; onTap(): void }) {
  return (
    <button type="button" className="chip" aria-pressed={isOn} onClick={onTap}>
      {name}
    </button>
  );
}
