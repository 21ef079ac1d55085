import type { Change } from '../../../domain/project/facts/progress-measured.js';
import { decimalOf } from '../../../domain/values/amounts/decimal.js';
import { shippedLexicon } from '../../../domain/values/lexicon.js';
import { nameWords } from '../../../domain/values/words.js';
import { statementOf } from '../../../projections/progress/statement.js';
import { percentWords } from '../../shared/figures.js';
import { Chip } from '../fields/chips.js';
import type { FormProps } from '../form.js';
import styles from '../forms.module.css';
import { AmountFields } from '../measure/amount-fields.js';
import { PercentFields } from '../measure/percent-fields.js';
import { StoreysFields } from '../measure/storeys-fields.js';
import { WordFields } from '../measure/word-fields.js';
import { measureAsStored } from '../said/as-stored.js';
import type { MeasureSaid } from '../said/facts.js';
import type { ItemName } from '../said/known.js';
import { useFormTexts } from '../texts.js';
import { useTyped } from '../typed.js';

/** The ways to say how far an item is; each has its fields. */
const ways = [
  ['percent', 'percent', PercentFields],
  ['amount', 'count', AmountFields],
  ['storeys', 'storeys', StoreysFields],
  ['word', 'words', WordFields],
] as const;

type Way = (typeof ways)[number][0];

const wayOf: Readonly<Record<MeasureSaid['kind'], Way>> = {
  percent: 'percent',
  range: 'percent',
  count: 'amount',
  quantity: 'amount',
  storeys: 'storeys',
  word: 'word',
};

/** Reasons for a figure that is lower than before. */
const changes = ['re-measured', 'undone'] as const satisfies readonly Change[];

/** The progress of an item, or without one of the whole project: done with one tap, or measured. */
export function ItemForm({ item, items, initial, note, onSave }: FormProps & { item?: string }) {
  const { t, language } = useFormTexts();
  const known = items.items.find((one) => one.item === item);
  const before = initial?.type === 'ProgressMeasured' ? initial : undefined;
  const [step, setStep] = useTyped<string>(
    'step',
    initial && 'step' in initial ? String(initial.step ?? '') : '',
  );
  const first = before?.measure.kind ?? known?.kind;
  const [kind, setKind] = useTyped<Way | undefined>('kind', wayOf[first as MeasureSaid['kind']]);
  const [change, setChange] = useTyped<string>('change', before?.change ?? '');
  const where = { ...(item === undefined ? {} : { item }), ...(step ? { step } : {}) };
  const measured = (measure: MeasureSaid) => {
    const why = changes.find((one) => one === change);
    onSave({ type: 'ProgressMeasured', ...where, measure, ...(why ? { change: why } : {}) });
  };
  const Fields = ways.find(([one]) => one === kind)?.[2];
  const floor = step ? 0 : ((item === undefined ? items : known)?.floorBasisPoints ?? 0);
  const marks = (measure?: MeasureSaid) => (
    <fieldset className={styles.group}>
      <legend>{t('lessThanBefore')}</legend>
      {measure && mostOf(measure, known) < floor && (
        <p role="status" className={styles.notice}>
          {t('isLess', { percent: percentWords(floor, language) })}
        </p>
      )}
      <div className={styles.chips}>
        {changes.map((one) => (
          <Chip
            key={one}
            isOn={change === one}
            name={t(`change.${one}`)}
            onTap={() => setChange(change === one ? '' : one)}
          />
        ))}
      </div>
    </fieldset>
  );
  return (
    <>
      {known && known.steps.length > 0 && (
        <fieldset className={styles.group}>
          <legend>{t('step')}</legend>
          <div className={styles.chips}>
            <Chip isOn={step === ''} name={t('wholeItem')} onTap={() => setStep('')} />
            {known.steps.map((one) => (
              <Chip
                key={one.step}
                isOn={step === one.step}
                name={nameWords(one.names, one.step)[language]}
                onTap={() => setStep(one.step)}
              />
            ))}
          </div>
        </fieldset>
      )}
      {item !== undefined && (
        <button
          type="button"
          className={styles.done}
          onClick={() => onSave({ type: 'MilestoneReached', item, ...(step ? { step } : {}) })}
        >
          {t('done')} <small>{t(known?.isGroup ? 'doneHintGroup' : 'doneHint')}</small>
        </button>
      )}
      <div className={styles.chips}>
        {ways.map(([one, name]) => (
          <Chip key={one} isOn={kind === one} name={t(name)} onTap={() => setKind(one)} />
        ))}
      </div>
      {Fields ? (
        <Fields
          before={before?.measure}
          known={known}
          rest={(measure) => (
            <>
              {marks(measure)}
              {note}
            </>
          )}
          onMeasure={measured}
        />
      ) : (
        note
      )}
    </>
  );
}

/** How far an item is at most by a measure, in basis points. */
function mostOf(measure: MeasureSaid, known: ItemName | undefined): number {
  const { of, unit } = known ?? {};
  const total = of === undefined ? undefined : decimalOf(of);
  const planned = { ...(total ? { total } : {}), ...(unit === undefined ? {} : { unit }) };
  return statementOf(measureAsStored(measure), planned, shippedLexicon).high;
}
