import type { EpisodeCause, StallCause } from '../../../domain/project/events.js';
import { causeWords, episodeCauseWords } from '../../../domain/project/facts/stall-declared.js';
import type { Day } from '../../../domain/values/calendar.js';
import { nameWords } from '../../../domain/values/words.js';
import { dayWords } from '../../shared/figures.js';
import { useAround } from '../around.js';
import { Chip } from './day-and-note.js';
import { type FormProps, Save } from './form.js';
import { useTyped } from './typed.js';

/** A stall of the project or of one item, with its cause and its days. */
export function StallForm({ items, initial, asOf, note, onSave }: FormProps) {
  const { t, language } = useAround();
  const before = initial?.type === 'StallDeclared' ? initial : undefined;
  const [cause, setCause] = useTyped<StallCause | undefined>('cause', before?.cause);
  const [item, setItem] = useTyped<string>('item', before?.item ?? '');
  const [from, setFrom] = useTyped<Day>('from', before?.from ?? '');
  const [to, setTo] = useTyped<Day>('to', before?.to ?? '');
  const isReversed = to !== '' && to < (from || asOf);
  return (
    <>
      <fieldset className="group">
        <legend>{t('cause')}</legend>
        <div className="chips">
          {(Object.keys(causeWords) as StallCause[]).map((one) => (
            <Chip
              key={one}
              isOn={cause === one}
              name={causeWords[one][language]}
              onTap={() => setCause(one)}
            />
          ))}
        </div>
      </fieldset>
      {items.items.length > 0 && (
        <label className="labelled">
          {t('stalledItem')}
          <select className="field" value={item} onChange={(event) => setItem(event.target.value)}>
            <option value="">{t('wholeProject')}</option>
            {items.items.map((one) => (
              <option key={one.item} value={one.item}>
                {nameWords(one.names, one.item)[language]}
              </option>
            ))}
          </select>
        </label>
      )}
      <label className="labelled">
        {t('standsSince')}
        <input
          className="field"
          type="date"
          max={asOf}
          value={from}
          onChange={(event) => setFrom(event.target.value)}
        />
      </label>
      <label className="labelled">
        {t('standsUntil')}
        <input
          className="field"
          type="date"
          min={from || undefined}
          value={to}
          onChange={(event) => setTo(event.target.value)}
        />
      </label>
      {note}
      <Save
        missing={!cause ? t('cause') : isReversed ? t('standsUntil') : undefined}
        onSave={() =>
          cause &&
          onSave({
            type: 'StallDeclared',
            cause,
            ...(item ? { item } : {}),
            ...(from ? { from } : {}),
            ...(to ? { to } : {}),
          })
        }
      />
    </>
  );
}

/** Ends a stall, or a suspension, with one tap. */
export function ResumedForm({ items, note, onSave }: FormProps) {
  const { t, language } = useAround();
  if (items.stalls.length === 0) return <p className="quiet">{t('noStall')}</p>;
  const nameOf = (id: string) => nameWords(items.items.find(({ item }) => item === id)?.names, id)[language];
  return (
    <>
      {note}
      <ul className="rows">
        {items.stalls.map(({ stall, item, cause, from }) => (
          <li key={`${cause} ${stall}`}>
            <button
              type="button"
              className="row"
              onClick={() =>
                onSave(
                  cause === 'suspended'
                    ? { type: 'StageEntered', stage: 'resumed' }
                    : { type: 'StallCleared', stall },
                )
              }
            >
              <span>
                {[...(item === undefined ? [] : [nameOf(item)]), causeOf(cause, language)].join(' · ')}
              </span>
              <small>{`${t('since')} ${dayWords(from, language)}`}</small>
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}

/** A cause of a newer service is shown as it is called. */
function causeOf(cause: string, language: 'en' | 'zh'): string {
  return Object.hasOwn(episodeCauseWords, cause) ? episodeCauseWords[cause as EpisodeCause][language] : cause;
}
