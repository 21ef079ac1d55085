import type { Day } from '../../../../domain/values/days/calendar.js';
import type { SeriesPoint } from '../../../../projections/changes/series.js';
import { moneyShort } from '../../../shared/figures.js';
import { useLanguage } from '../../../shared/language.js';
import { useProjectTexts } from '../texts.js';
import styles from './curve.module.css';
import { roundAbove } from './curve-lines.js';
import { dotsOf, type Panel, pathOf, round } from './panel.js';

/** A sum of money as reported, on the day it is about. */
export interface MoneyPoint {
  asOf: Day;
  amountMinor: number;
}

/** The sums of a series, where they changed. */
export function moneyIn(points: readonly SeriesPoint[]): MoneyPoint[] {
  const sums: MoneyPoint[] = [];
  for (const { asOf, sinceStartMinor } of points)
    if (sinceStartMinor !== null && sums.at(-1)?.amountMinor !== sinceStartMinor)
      sums.push({ asOf, amountMinor: sinceStartMinor });
  return sums;
}

/** Money over the same days, with a scale of its own. */
export function MoneyPanel({
  panel,
  money,
  currency,
  plannedMinor,
  asOf,
}: {
  panel: Panel;
  money: readonly MoneyPoint[];
  currency: string;
  /** The planned investment, in the same currency. */
  plannedMinor: number | null;
  asOf: Day;
}) {
  const say = useProjectTexts();
  const language = useLanguage();
  const { axis, left, width, top, height } = panel;
  const last = money.at(-1);
  const most = roundAbove(Math.max(plannedMinor ?? 0, ...money.map(({ amountMinor }) => amountMinor)));
  const x = (day: Day) => left + axis.place(day);
  const y = (amountMinor: number) => top + height - (amountMinor / most) * height;
  const places = money.map(({ asOf: day, amountMinor }) => [x(day), y(amountMinor)] as const);
  const now = last && x(asOf > last.asOf ? asOf : last.asOf);
  const isRoom = now !== undefined && panel.right - now > 90;
  return (
    <>
      <text className={styles.head} x={left} y={top - 10}>
        {say('money')}
      </text>
      {[0, most].map((amount) => (
        <g key={amount}>
          <path className={styles.grid} d={`M${left} ${round(y(amount))}H${left + width}`} />
          <text className={styles.scale} x={left - 8} y={y(amount) + 4}>
            {amount === 0 ? '0' : moneyShort(amount, currency, language).replace(' ', '')}
          </text>
        </g>
      ))}
      {plannedMinor !== null && (
        <path className={styles.plan} d={`M${left} ${round(y(plannedMinor))}H${left + width}`} />
      )}
      <path className={styles.silent} d={pathOf(places)} />
      <path className={styles.dot} d={dotsOf(places)} data-many={money.length > 40} />
      {last && now !== undefined && (
        <text
          className={styles.figure}
          x={isRoom ? now + 10 : now - 14}
          data-end={isRoom ? undefined : true}
          y={y(last.amountMinor) + 5}
        >
          {moneyShort(last.amountMinor, currency, language)}
        </text>
      )}
    </>
  );
}
