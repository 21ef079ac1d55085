import type { Day } from '../../../../domain/values/days/calendar.js';
import { dayWords, percentWords } from '../../../shared/figures.js';
import { useLanguage } from '../../../shared/language.js';
import { useProjectTexts } from '../texts.js';
import styles from './curve.module.css';
import type { CurveLines, CurvePoint } from './curve-lines.js';
import { dotsOf, type Panel, pathOf, round } from './panel.js';

/** Reports up to which each has the ends of its whisker. */
const endsMost = 40;

/** Completion over time: a dot and a whisker where somebody reported, dashes where nobody did, and the plan to its end. */
export function ProgressPanel({
  panel,
  lines,
  planned,
  asOf,
}: {
  panel: Panel;
  lines: CurveLines;
  planned: readonly { asOf: Day; basisPoints: number }[];
  asOf: Day;
}) {
  const say = useProjectTexts();
  const language = useLanguage();
  const { axis, left, width, top, height } = panel;
  const x = (day: Day) => left + axis.place(day);
  const y = (basisPoints: number) => top + height - (basisPoints / 10_000) * height;
  const at = ({ asOf: day, percentBasisPoints }: CurvePoint) => [x(day), y(percentBasisPoints)] as const;
  const { reported, begin, known, silent } = lines;
  const end = reported.length > endsMost ? 0 : 4;
  const whiskers = reported.map(({ asOf: day, floorBasisPoints, ceilingBasisPoints }) => {
    const [place, low, high] = [round(x(day)), round(y(floorBasisPoints)), round(y(ceilingBasisPoints))];
    const ends = end ? `M${place - end} ${low}h${2 * end}M${place - end} ${high}h${2 * end}` : '';
    return low === high ? '' : `M${place} ${low}V${high}${ends}`;
  });
  const last = reported.at(-1);
  const longest = silent.toSorted((a, b) => lengthOf(b, x) - lengthOf(a, x))[0];
  return (
    <>
      {[0, 50, 100].map((percent) => (
        <g key={percent}>
          <path className={styles.grid} d={`M${left} ${round(y(percent * 100))}H${left + width}`} />
          <text className={styles.scale} x={left - 8} y={y(percent * 100) + 4}>
            {percent}
          </text>
        </g>
      ))}
      {planned.length > 0 && (
        <path
          className={styles.plan}
          d={pathOf(planned.map((corner) => [x(corner.asOf), y(corner.basisPoints)]))}
        />
      )}
      <path className={styles.silent} d={silent.map((line) => pathOf(line.map(at))).join('')} />
      <path className={styles.known} d={known.map((line) => pathOf(line.map(at))).join('')} />
      <path className={styles.whisker} d={whiskers.join('')} data-many={end === 0} />
      <path className={styles.dot} d={dotsOf(reported.map(at))} data-many={end === 0} />
      {begin && <circle className={styles.begin} cx={x(begin.asOf)} cy={y(begin.percentBasisPoints)} r="4" />}
      {longest && lengthOf(longest, x) > 150 && <Silence line={longest} at={at} />}
      {last && <LastWords point={last} x={x(asOf > last.asOf ? asOf : last.asOf)} y={y} panel={panel} />}
      <title>
        {last
          ? `${dayWords(last.asOf, language)}: ${say('range', {
              percent: percentWords(last.percentBasisPoints, language),
              floor: percentWords(last.floorBasisPoints, language),
              ceiling: percentWords(last.ceilingBasisPoints, language),
            })}`
          : say('noReport')}
      </title>
    </>
  );
}

/** Says of the longest dashed line that nobody reported. */
function Silence({
  line,
  at,
}: {
  line: readonly CurvePoint[];
  at: (point: CurvePoint) => readonly [number, number];
}) {
  const say = useProjectTexts();
  const [from, to] = [line[0], line.at(-1)];
  if (!from || !to) return null;
  const [[x1, y1], [x2, y2]] = [at(from), at(to)];
  const [middle, height] = [(x1 + x2) / 2, (y1 + y2) / 2];
  return (
    <text className={styles.note} x={middle - 8} y={height - 12} data-end>
      {say('curve.silent')}
    </text>
  );
}

/** The figures of the last report, beside the line of the day shown. */
function LastWords({
  point,
  x,
  y,
  panel,
}: {
  point: CurvePoint;
  x: number;
  y: (basisPoints: number) => number;
  panel: Panel;
}) {
  const say = useProjectTexts();
  const language = useLanguage();
  const isRoom = panel.right - x > 110;
  const percent = (basisPoints: number) => percentWords(basisPoints, language);
  const { floorBasisPoints: floor, percentBasisPoints: middle, ceilingBasisPoints: ceiling } = point;
  const height = y(middle);
  const place = { x: isRoom ? x + 10 : x - 14, 'data-end': isRoom ? undefined : true };
  return (
    <>
      <text className={styles.figure} {...place} y={height + 5}>
        {percent(middle)}
      </text>
      {height - y(ceiling) > 16 && (
        <text className={styles.note} {...place} y={Math.max(panel.top + 10, y(ceiling) + 4)}>
          {say('bound.ceiling', { percent: percent(ceiling) })}
        </text>
      )}
      {y(floor) - height > 16 && (
        <text className={styles.note} {...place} y={Math.min(panel.top + panel.height - 20, y(floor) + 4)}>
          {say('bound.floor', { percent: percent(floor) })}
        </text>
      )}
    </>
  );
}

function lengthOf(line: readonly CurvePoint[], x: (day: Day) => number): number {
  const [from, to] = [line[0], line.at(-1)];
  return from && to ? x(to.asOf) - x(from.asOf) : 0;
}
