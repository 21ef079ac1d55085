import type { Day } from '../../../domain/values/days/calendar.js';
import type { ProjectItems } from '../../forms/said/known.js';
import { RangeBar } from '../../office/parts/range-bar.js';
import { percentWords } from '../../shared/figures.js';
import { useAround } from '../around.js';
import { pointsWords } from './points.js';
import styles from './walk.module.css';

/** How far the project is, what was added today from this phone, and how many of its items are reported. */
export function Head({ id, known, on }: { id: string; known: ProjectItems; on: Day }) {
  const { t, language, entries } = useAround();
  const { completion } = known;
  if (!completion) return null;
  const own = entries.filter(({ project, state }) => project === id && state.is !== 'refused');
  const today = own.filter(({ fact }) => fact.asOf === on);
  const by = today.reduce(
    (sum, { effect }) => sum + (effect ? effect.toBasisPoints - effect.fromBasisPoints : 0),
    0,
  );
  const waiting = own.filter(({ state }) => state.is === 'waiting').length;
  const [floor, percent, ceiling] = [
    completion.floorBasisPoints,
    completion.percentBasisPoints,
    completion.ceilingBasisPoints,
  ].map((figure) => percentWords(figure, language));
  return (
    <div className={styles.head}>
      <b data-testid="completion">{percent}</b>
      <div>
        <RangeBar
          range={completion}
          label={t('range', { floor: `${floor}`, percent: `${percent}`, ceiling: `${ceiling}` })}
        />
        <p>
          {(by !== 0 || waiting > 0) && (
            <>
              {t('today')} <b className={by < 0 ? styles.fell : styles.rose}>{pointsWords(by, language)}</b>
              {waiting > 0 && ` ${t('toSend', { count: waiting })}`}
              {' · '}
            </>
          )}
          {t('reportedOf', { reported: completion.reportedItems, planned: completion.plannedItems })}
        </p>
      </div>
    </div>
  );
}
