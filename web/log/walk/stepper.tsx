import { useState } from 'react';
import type { Day } from '../../../domain/values/days/calendar.js';
import { inPercent } from '../../../domain/values/punctuation.js';
import { draftOf, keepDraft } from '../../forms/drafts.js';
import type { ItemName } from '../../forms/said/known.js';
import { numberWords, percentWords, shortDayWords } from '../../shared/figures.js';
import { useAround } from '../around.js';
import { addressOf } from '../place.js';
import { signed } from './points.js';
import styles from './stepper.module.css';

const steps = [-5, 5, 10] as const;

/** The percentage of an item in place: what it was, what it is now, and the difference. */
export function Stepper({
  project,
  item,
  on,
  draft,
  onSave,
}: {
  project: string;
  item: ItemName;
  on: Day;
  draft: string;
  onSave(percent: number): void;
}) {
  const { t, language, nameOf } = useAround();
  const last = Math.round(item.percentBasisPoints / 100);
  // What was changed survives a reload, and is there in the form as well.
  const typed = Number(draftOf(draft)?.typed.percent ?? last);
  const [percent, setPercent] = useState(typed >= 0 && typed <= 100 ? typed : last);
  const step = (by: number) => {
    const next = Math.min(100, Math.max(0, percent + by));
    setPercent(next);
    keepDraft(draft, { ...draftOf(draft)?.typed, kind: 'percent', percent: String(next) });
  };
  const value = inPercent(numberWords(percent, language, 1), language);
  const { status, saidOn } = item;
  return (
    <fieldset className={styles.stepper} aria-label={nameOf(item.names)}>
      <p className={styles.now}>
        <span>
          {status === 'unreported' || !saidOn
            ? t('neverReported')
            : t('last', {
                value: percentWords(item.percentBasisPoints, language),
                day: shortDayWords(saidOn, on, language),
              })}
        </span>
        <span aria-live="polite">
          <b>{value}</b>{' '}
          {percent !== last && (
            <small className={percent < last ? styles.fell : styles.rose}>
              {signed(percent - last, language)}
            </small>
          )}
        </span>
      </p>
      <div className={styles.buttons}>
        {steps.map((by) => (
          <button
            key={by}
            type="button"
            aria-label={t('more', { by: signed(by, language) })}
            onClick={() => step(by)}
          >
            {signed(by, language)}
          </button>
        ))}
        <button type="button" className={styles.save} onClick={() => onSave(percent)}>
          {t('saveValue', { value })}
        </button>
      </div>
      <a href={addressOf({ at: 'say', project, what: item.item })}>{t('otherWays')}</a>
    </fieldset>
  );
}
