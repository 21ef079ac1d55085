import { plainWords } from '../../../domain/values/lexicon.js';
import { useAround } from '../around.js';
import { Chip } from './day-and-note.js';
import type { MeasureSaid } from './facts.js';
import { type FormProps, Save } from './form.js';
import { NumberField } from './number-field.js';
import { useTyped } from './typed.js';

type Kind = MeasureSaid['kind'];

const kinds = [
  ['percent', 'percent'],
  ['count', 'count'],
  ['storeys', 'storeys'],
  ['word', 'words'],
] as const satisfies readonly [Kind, string][];

/** The progress of an item: done with one tap, or measured. */
export function ItemForm({ item, items, initial, note, onSave }: FormProps & { item: string }) {
  const { t, nameOf, language } = useAround();
  const known = items.items.find((one) => one.item === item);
  const before = initial?.type === 'ProgressMeasured' ? initial.measure : undefined;
  const [step, setStep] = useTyped<string>(
    'step',
    initial && 'step' in initial ? String(initial.step ?? '') : '',
  );
  const [kind, setKind] = useTyped<Kind | undefined>('kind', before?.kind ?? kindOf(known?.kind));
  const [percent, setPercent] = useTyped<string>(
    'percent',
    before?.kind === 'percent' ? String(before.percent) : '',
  );
  const [count, setCount] = useTyped<string>('count', countOf(before));
  const [of, setOf] = useTyped<string>(
    'of',
    ofOf(before) ?? (known?.of === undefined ? '' : String(known.of)),
  );
  const [unit, setUnit] = useTyped<string>(
    'unit',
    (before?.kind === 'count' ? before.unit : known?.unit) ?? '',
  );
  const where = { item, ...(step ? { step } : {}) };
  const measured = (measure: MeasureSaid) => onSave({ type: 'ProgressMeasured', ...where, measure });
  const whole = (text: string) => (text === '' ? {} : { of: Number(text) });
  return (
    <>
      {known && known.steps.length > 0 && (
        <fieldset className="group">
          <legend>{t('step')}</legend>
          <div className="chips">
            <Chip isOn={step === ''} name={t('wholeItem')} onTap={() => setStep('')} />
            {known.steps.map((one) => (
              <Chip
                key={one.step}
                isOn={step === one.step}
                name={nameOf(one.names)}
                onTap={() => setStep(one.step)}
              />
            ))}
          </div>
        </fieldset>
      )}
      <button type="button" className="done" onClick={() => onSave({ type: 'MilestoneReached', ...where })}>
        {t('done')} <small>{t('doneHint')}</small>
      </button>
      <div className="chips">
        {kinds.map(([one, name]) => (
          <Chip key={one} isOn={kind === one} name={t(name)} onTap={() => setKind(one)} />
        ))}
      </div>
      {kind === 'percent' && (
        <>
          <NumberField name={t('percent')} value={percent} most={100} step={0.5} onChange={setPercent} />
          {note}
          <Save
            missing={isPercent(percent) ? undefined : t('percentRange')}
            onSave={() => measured({ kind, percent: Number(percent) })}
          />
        </>
      )}
      {kind === 'count' && (
        <>
          <NumberField name={t('countDone')} value={count} onChange={setCount} />
          <NumberField name={t('countOf')} value={of} onChange={setOf} />
          <label className="labelled">
            {t('unit')}
            <input
              className="field"
              maxLength={40}
              value={unit}
              onChange={(event) => setUnit(event.target.value)}
            />
          </label>
          {note}
          <Save
            missing={count === '' ? t('countDone') : undefined}
            onSave={() =>
              measured({
                kind,
                done: Number(count),
                ...whole(of),
                ...(unit.trim() ? { unit: unit.trim() } : {}),
              })
            }
          />
        </>
      )}
      {kind === 'storeys' && (
        <>
          <NumberField name={t('reached')} value={count} most={1000} onChange={setCount} />
          <NumberField name={t('storeysOf')} value={of} most={1000} onChange={setOf} />
          {note}
          <Save
            missing={count === '' ? t('reached') : undefined}
            onSave={() => measured({ kind, reached: Number(count), ...whole(of) })}
          />
        </>
      )}
      {kind === 'word' && (
        <div className="chips">
          {plainWords.map(({ word, name }) => (
            <Chip
              key={word}
              isOn={before?.kind === 'word' && before.word === word}
              name={name[language]}
              onTap={() => measured({ kind, word, said: name[language] })}
            />
          ))}
        </div>
      )}
      {(kind === undefined || kind === 'word') && note}
    </>
  );
}

function isPercent(text: string): boolean {
  return text !== '' && Number(text) >= 0 && Number(text) <= 100;
}

function kindOf(kind: string | undefined): Kind | undefined {
  return kinds.find(([one]) => one === kind)?.[0];
}

function countOf(measure: MeasureSaid | undefined): string {
  if (measure?.kind === 'count') return String(measure.done);
  return measure?.kind === 'storeys' ? String(measure.reached) : '';
}

function ofOf(measure: MeasureSaid | undefined): string | undefined {
  if (measure?.kind !== 'count' && measure?.kind !== 'storeys') return undefined;
  return measure.of === undefined ? '' : String(measure.of);
}
