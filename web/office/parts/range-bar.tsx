import { wholeBasisPoints } from '../../../domain/values/amounts/basis-points.js';
import styles from './range-bar.module.css';

/** The values of a bar: three figures in basis points, in ascending order. */
export interface Range {
  floorBasisPoints: number;
  percentBasisPoints: number;
  ceilingBasisPoints: number;
}

/** Completion as a bar: solid for what is stated, lighter for what that implies, a thin line up to what nothing rules out: unknown looks empty. */
export function RangeBar({ range, label }: { range: Range; label: string }) {
  const { floorBasisPoints: floor, percentBasisPoints: percent, ceilingBasisPoints: ceiling } = range;
  return (
    <svg
      className={styles.bar}
      viewBox={`0 0 ${wholeBasisPoints} 100`}
      preserveAspectRatio="none"
      role="img"
      aria-label={label}
    >
      <rect className={styles.ground} width={wholeBasisPoints} height="100" />
      {ceiling > percent && (
        <path
          className={styles.possible}
          d={`M${percent} 50H${ceiling}M${ceiling} 15V85`}
          vectorEffect="non-scaling-stroke"
        />
      )}
      <rect className={styles.implied} x={floor} width={Math.max(0, percent - floor)} height="100" />
      <rect className={styles.stated} width={floor} height="100" />
    </svg>
  );
}
