import type { CSSProperties } from 'react';
import type { Day } from '../../../../domain/values/days/calendar.js';
import type { Range } from '../../parts/range-bar.js';
import type { TimeAxis } from '../../parts/time-axis.js';
import type { Bar } from './schedule-bars.js';
import styles from './work.module.css';

/** The width of the line of time, in its own unit. */
export const timeWidth = 1000;

/** The length of the dashes at an end that nobody gave. */
const openLength = 40;

/** Bars on the common line of time: a plan with what is done of it, a forecast, or a stall. */
export function TimeCell({
  bars,
  done,
  axis,
  label,
}: {
  bars: readonly Bar[];
  /** What is done of the planned work. */
  done?: Range;
  axis: TimeAxis;
  label: string;
}) {
  return (
    <svg
      className={styles.time}
      viewBox={`0 0 ${timeWidth} 20`}
      preserveAspectRatio="none"
      role="img"
      aria-label={label}
    >
      {bars.map((bar) => (
        <OneBar key={bar.key} bar={bar} done={done} place={axis.place} />
      ))}
    </svg>
  );
}

function OneBar({
  bar: { kind, from, to, unknown },
  done,
  place,
}: {
  bar: Bar;
  done: Range | undefined;
  place: (day: Day) => number;
}) {
  const [start, end] = [place(from), place(to)];
  const width = Math.max(4, end - start);
  if (kind === 'stall') return <rect className={styles.stall} x={start} y="5" width={width} height="10" />;
  if (kind === 'forecast')
    return (
      <>
        <path className={styles.span} d={`M${start} 10H${end}`} vectorEffect="non-scaling-stroke" />
        <path className={styles.mark} d={`M${end} 10h0`} vectorEffect="non-scaling-stroke" />
      </>
    );
  if (unknown) {
    const [at, off] = unknown === 'from' ? [end, -openLength] : [start, openLength];
    return (
      <path className={styles.open} d={`M${at} 4V16M${at} 10h${off}`} vectorEffect="non-scaling-stroke" />
    );
  }
  const part = (basisPoints: number) => (width * basisPoints) / 10_000;
  return (
    <>
      <rect
        className={styles.planned}
        x={start}
        y="4"
        width={width}
        height="12"
        vectorEffect="non-scaling-stroke"
      />
      {done && (
        <>
          <rect className={styles.implied} x={start} y="6" width={part(done.percentBasisPoints)} height="8" />
          <rect className={styles.done} x={start} y="6" width={part(done.floorBasisPoints)} height="8" />
        </>
      )}
    </>
  );
}

/** Where the day shown is in a cell of days, for the style sheet. */
export function nowStyle(axis: TimeAxis, asOf: Day): CSSProperties {
  return { '--now': `${(axis.place(asOf) / timeWidth) * 100}%` } as CSSProperties;
}
