import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { useLayoutEffect, useRef, useState } from 'react';
import { orderOf, type PortfolioGroup } from '../../../projections/portfolio/portfolio.js';
import type { ProjectRow } from '../../../projections/project/project.js';
import type { WeeklyLightsAnswer } from '../../../src/app/topout.js';
import { useLanguage } from '../../shared/language.js';
import { usePlaceOf } from '../../shared/moment.js';
import { useIsPrinting } from '../use/use-is-printing.js';
import { type Choice, type Sort } from './choice.js';
import { keyText, type Line } from './chosen.js';
import styles from './district-table.module.css';
import { ProjectLine } from './project-line.js';
import { useDistrictTexts } from './texts.js';
import { GroupLine } from './totals/group-line.js';

/** Slightly more than the height of a row without differences. */
const rowHeight = 58;

const noDays: readonly string[] = [];

const columns = ['name', 'stage', 'completion', 'weeks', 'money', 'light', 'stalled', 'report'] as const;

/** The list; only visible rows are rendered, and all of them for printing. */
export function DistrictTable({
  lines,
  groups,
  choice,
  onSort,
  now,
  fresh,
  lights,
  percents,
}: {
  lines: readonly Line[];
  /** The totals of the groups; undefined while loading. */
  groups: readonly PortfolioGroup[] | undefined;
  choice: Choice;
  onSort: (sort: Sort) => void;
  now: ReadonlyMap<string, ProjectRow | null>;
  fresh: { projects: ReadonlySet<string>; count: number };
  /** The lights of the last weeks; undefined while loading. */
  lights: WeeklyLightsAnswer | undefined;
  /** Completion on the day of comparison by project; undefined while loading. */
  percents: Readonly<Record<string, number>> | undefined;
}) {
  const say = useDistrictTexts();
  const language = useLanguage();
  const placeOf = usePlaceOf();
  const isPrinting = useIsPrinting();
  const body = useRef<HTMLTableSectionElement>(null);
  const [top, setTop] = useState(0);
  useLayoutEffect(() => {
    const place = () => setTop((body.current?.getBoundingClientRect().top ?? 0) + scrollY);
    place();
    const observer = new ResizeObserver(place);
    observer.observe(document.body);
    return () => observer.disconnect();
  }, []);
  const rows = useWindowVirtualizer({
    count: lines.length,
    estimateSize: () => rowHeight,
    // The list begins below the fold; a printout and a search of the browser find the first rows.
    overscan: 10,
    scrollMargin: top,
    // Otherwise each scroll event is rendered separately.
    useFlushSync: false,
    getItemKey: (index) => keyOf(lines[index] as Line),
  });
  const drawn = isPrinting
    ? lines.map((_, index) => ({ index, key: keyOf(lines[index] as Line), start: undefined }))
    : rows.getVirtualItems();
  return (
    <table aria-label={say('title')} aria-rowcount={lines.length + 1} className={styles.table}>
      <thead className={styles.heads}>
        <tr aria-rowindex={1} className={styles.row}>
          {columns.map((column) => (
            <th
              key={column}
              scope="col"
              aria-sort={
                choice.sort !== column ? undefined : choice.isDescending ? 'descending' : 'ascending'
              }
            >
              {column === 'weeks' ? (
                say(column)
              ) : (
                <button type="button" className={styles.head} onClick={() => onSort(column)}>
                  {say(column)}
                  <span aria-hidden="true">
                    {choice.sort !== column ? '' : choice.isDescending ? ' ↓' : ' ↑'}
                  </span>
                </button>
              )}
            </th>
          ))}
        </tr>
      </thead>
      <tbody
        ref={body}
        className={styles.body}
        style={isPrinting ? undefined : { height: rows.getTotalSize() }}
      >
        {drawn.map(({ index, key, start }) => {
          const line = lines[index] as Line;
          const isFresh = line.kind === 'project' && fresh.projects.has(line.row.project);
          return (
            <tr
              // Remounted on an update, so that its highlight restarts.
              key={isFresh ? `${key} ${fresh.count}` : key}
              ref={isPrinting ? undefined : rows.measureElement}
              data-index={index}
              aria-rowindex={index + 2}
              className={styles.row}
              data-kind={line.kind}
              data-even={index % 2 === 0}
              data-fresh={isFresh}
              style={start === undefined ? undefined : { transform: `translateY(${start - top}px)` }}
            >
              {line.kind === 'project' ? (
                <ProjectLine
                  row={line.row}
                  isGone={now.get(line.row.project) === null}
                  percentThen={percents?.[line.row.project]}
                  lights={lights?.lights[line.row.project]}
                  days={lights?.days ?? noDays}
                  say={say}
                  language={language}
                  placeOf={placeOf}
                />
              ) : (
                choice.groupBy && (
                  <GroupLine
                    groupKey={line.group.key}
                    group={groups?.find(
                      ({ key }) => keyText(key, language) === keyText(line.group.key, language),
                    )}
                    groupBy={choice.groupBy}
                  />
                )
              )}
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function keyOf(line: Line): string {
  return line.kind === 'project' ? line.row.project : `group ${orderOf(line.group.key)}`;
}
