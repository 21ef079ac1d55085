import { percentWords } from '../../shared/figures.js';
import styles from '../forms.module.css';
import type { ItemName } from '../said/known.js';
import { useFormTexts } from '../texts.js';

const steps = [-5, -1, 5, 10] as const;

/** Changes a percentage by taps, from the typed one or the last one that is known. */
export function StepButtons({
  typed,
  known,
  onChange,
}: {
  /** Empty while nothing is typed. */
  typed: string;
  known: ItemName | undefined;
  onChange(percent: string): void;
}) {
  const { t, language } = useFormTexts();
  const isKnown = known !== undefined && known.status !== 'unreported';
  const last = known?.percentBasisPoints ?? 0;
  const step = (by: number) => {
    const from = typed === '' ? Math.round(last / 100) : Number(typed);
    onChange(String(Math.min(100, Math.max(0, from + by))));
  };
  return (
    <fieldset className={styles.group}>
      <legend>{isKnown ? t('lastAndStep', { percent: percentWords(last, language) }) : t('stepBy')}</legend>
      <div className={styles.steps}>
        {steps.map((by) => (
          <button key={by} type="button" className={styles.chip} onClick={() => step(by)}>
            {by > 0 ? `+${by}` : `−${-by}`}
          </button>
        ))}
      </div>
    </fieldset>
  );
}
