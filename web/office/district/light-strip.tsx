import { memo } from 'react';
import { severityWords } from '../../../projections/alerts/happening-words.js';
import type { Language } from '../../shared/language.js';
import styles from './light-strip.module.css';
import type { SayDistrict } from './row-words.js';

const severityOf = { r: 'red', y: 'yellow', b: 'blue' } as const;
const step = 7;

/** The lights of a project, one cell a week: the higher and stronger, the worse. The last one is that of today. */
export const LightStrip = memo(
  ({ runs, weeks, say, language }: { runs: string; weeks: number; say: SayDistrict; language: Language }) => {
    const cells = [...runs.matchAll(/([-gbyr])(\d+)/g)].map(([, letter = '-', count]) => ({
      letter,
      count: Number(count),
    }));
    const last = cells.at(-1);
    if (!last) return null;
    const severity = severityOf[last.letter as keyof typeof severityOf];
    const light = severity ? severityWords[severity][language] : say('noLight');
    const letters = cells.flatMap(({ letter, count }) => Array.from({ length: count }, () => letter));
    return (
      <svg
        className={styles.strip}
        viewBox={`0 0 ${weeks * step} 16`}
        preserveAspectRatio="none"
        role="img"
        aria-label={say('stripWords', { light, count: last.count })}
      >
        {letters.map((letter, index) => {
          const [top, height] = letter === 'g' ? [4, 8] : letter === 'b' ? [2, 12] : [0, 16];
          return letter === '-' ? null : (
            <rect key={index} x={index * step} y={top} width={step - 2} height={height} data-light={letter} />
          );
        })}
      </svg>
    );
  },
);
