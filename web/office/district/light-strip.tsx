import { type KeyboardEvent, type MouseEvent, memo, type PointerEvent, useState } from 'react';
import type { Day } from '../../../domain/values/days/calendar.js';
import { severityWords } from '../../../projections/alerts/happening-words.js';
import { dayWords } from '../../shared/figures.js';
import type { Language } from '../../shared/language.js';
import { goTo } from '../../shared/place.js';
import styles from './light-strip.module.css';
import type { SayDistrict } from './row-words.js';

const severityOf = { r: 'red', y: 'yellow', b: 'blue' } as const;
const step = 7;

interface Props {
  project: string;
  runs: string;
  /** The days of the cells. */
  days: readonly Day[];
  say: SayDistrict;
  language: Language;
}

/**
 * The lights of a project, one cell a week: the higher and stronger, the worse. The last one is that of today.
 *
 * It is one link: to the project on the day of the cell that is clicked, or chosen by the arrow keys; there the alerts
 * of that day are shown.
 */
export const LightStrip = memo(({ project, runs, days, say, language }: Props) => {
  const letters = [...runs.matchAll(/([-gbyr])(\d+)/g)].flatMap(([, letter = '-', count]) =>
    Array.from({ length: Number(count) }, () => letter),
  );
  const last = letters.length - 1;
  const [moved, setMoved] = useState<number>();
  if (last < 0) return null;
  const chosen = Math.min(moved ?? last, last);
  const lightOf = (letter: string | undefined) => {
    const severity = severityOf[letter as keyof typeof severityOf];
    return severity ? severityWords[severity][language] : say('noLight');
  };
  const cellWords = (index: number) =>
    say('weekWords', { day: dayWords(days[index] ?? '', language), light: lightOf(letters[index]) });
  const placeAt = (index: number) =>
    `/projects/${project}${index === last ? '' : `?asOf=${days[index] ?? ''}`}`;
  const run = letters.length - 1 - letters.findLastIndex((letter) => letter !== letters[last]);
  const move = (event: KeyboardEvent) => {
    const to = { ArrowLeft: chosen - 1, ArrowRight: chosen + 1, Home: 0, End: last }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    setMoved(Math.max(0, Math.min(last, to)));
  };
  const open = (event: MouseEvent) => {
    const cell = cellOf(event.target);
    // Another tab, or by the keyboard: the browser follows the link to the chosen cell.
    if (cell === undefined || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    goTo(placeAt(cell));
  };
  const name = (event: PointerEvent<HTMLElement>) => {
    const cell = cellOf(event.target);
    event.currentTarget.title = cell === undefined ? '' : cellWords(cell);
  };
  return (
    <a
      className={styles.link}
      href={`#${placeAt(chosen)}`}
      aria-label={
        moved === undefined
          ? say('stripWords', { light: lightOf(letters[last]), count: run })
          : cellWords(chosen)
      }
      aria-describedby={`name-${project}`}
      onKeyDown={move}
      onClick={open}
      onPointerMove={name}
      onBlur={() => setMoved(undefined)}
    >
      <svg
        className={styles.strip}
        viewBox={`0 0 ${days.length * step} 16`}
        preserveAspectRatio="none"
        aria-hidden="true"
      >
        {letters.map((letter, index) => {
          const [top, height] = letter === 'g' ? [4, 8] : letter === 'b' ? [2, 12] : [0, 16];
          return letter === '-' ? null : (
            <rect
              key={index}
              x={index * step}
              y={top}
              width={step - 2}
              height={height}
              data-light={letter}
              data-week={index}
              data-chosen={index === moved || undefined}
            />
          );
        })}
      </svg>
      <span aria-live="polite" className="visually-hidden">
        {moved === undefined ? '' : cellWords(chosen)}
      </span>
    </a>
  );
});

function cellOf(target: EventTarget): number | undefined {
  const week = target instanceof SVGElement ? target.dataset.week : undefined;
  return week === undefined ? undefined : Number(week);
}
