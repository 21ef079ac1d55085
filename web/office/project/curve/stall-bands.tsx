import { useId } from 'react';
import { stalledWords } from '../../../../domain/project/facts/stall-declared.js';
import type { Day } from '../../../../domain/values/days/calendar.js';
import type { Words } from '../../../../domain/values/words.js';
import type { StallEpisode } from '../../../../projections/stalls/episode.js';
import { stallWords } from '../../../../projections/stalls/stall-words.js';
import { useLanguage } from '../../../shared/language.js';
import { useProjectTexts } from '../texts.js';
import styles from './curve.module.css';
import type { Panel } from './panel.js';

/** Bands that have their name; of more only the colour is seen, and the table below names them. */
const namedMost = 4;

/** The periods in which the project was stalled, hatched and named. */
export function StallBands({
  panel,
  episodes,
  asOf,
  nameOf,
}: {
  panel: Panel;
  episodes: readonly StallEpisode[];
  asOf: Day;
  nameOf: (item: string) => Words;
}) {
  const say = useProjectTexts();
  const language = useLanguage();
  const hatch = useId();
  const { axis, left, top, height, right } = panel;
  const within = (day: Day) => (day < axis.first ? axis.first : day > axis.last ? axis.last : day);
  return (
    <>
      <pattern id={hatch} width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <path className={styles.hatch} d="M0 0V7" />
      </pattern>
      {episodes.map((episode, index) => {
        const { stall, from, to, clearedOn } = episode;
        const start = left + axis.place(within(from));
        const end = left + axis.place(within(clearedOn ?? to ?? (asOf > from ? asOf : from)));
        const words = say('schedule.stall', {
          what: stalledWords(episode.blocks)[language],
          cause: stallWords(episode, nameOf)[language],
        });
        // Before the band where there is room, so that the band stays readable.
        const isBefore = start - left > words.length * (language === 'zh' ? 13 : 7);
        const isAfter = !isBefore && right - end > words.length * (language === 'zh' ? 13 : 7);
        return (
          <g key={`${stall}/${from}`}>
            <rect
              className={styles.stall}
              x={start}
              y={top}
              width={Math.max(2, end - start)}
              height={height}
              fill={`url(#${hatch})`}
            >
              <title>{words}</title>
            </rect>
            {index < namedMost && (
              <text
                className={styles.cause}
                x={isBefore ? start - 6 : isAfter ? end + 6 : start + 4}
                y={top + 12 + index * 15}
                data-end={isBefore || undefined}
              >
                {words}
              </text>
            )}
          </g>
        );
      })}
    </>
  );
}
