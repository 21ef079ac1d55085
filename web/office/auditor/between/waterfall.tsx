import type { MeanChange } from '../../../../projections/portfolio/between.js';
import { shownEffects, type TotalEffect } from '../../../../projections/portfolio/between.js';
import { numberWords } from '../../../shared/figures.js';
import { useLanguage } from '../../../shared/language.js';
import { useAuditorTexts } from '../texts.js';
import styles from './between.module.css';
import { pointsShort } from './points.js';

/** The effects to show: work, scope and corrections always, others where they moved something. */
function effectsIn(mean: MeanChange): TotalEffect[] {
  const always: readonly TotalEffect[] = ['work', 'scope', 'correction'];
  return shownEffects.filter(
    (effect) => always.includes(effect) || (mean[`${effect}BasisPoints`] ?? 0) !== 0,
  );
}

interface Bar {
  key: string;
  name: string;
  words: string;
  from: number;
  to: number;
}

/** A mean at two moments and the effects between them, as bars that begin where the one before ends. */
export function Waterfall({ mean }: { mean: MeanChange }) {
  const say = useAuditorTexts();
  const language = useLanguage();
  const { from, to } = mean;
  if (from === null || to === null) return null;
  const figure = (basisPoints: number) => numberWords(basisPoints / 100, language, 2);
  const bars: Bar[] = [];
  let level = from;
  for (const effect of effectsIn(mean)) {
    const by = mean[`${effect}BasisPoints`] ?? 0;
    const next = level + by;
    bars.push({
      key: effect,
      name: say(`effect.${effect}`),
      words: pointsShort(by, language),
      from: level,
      to: next,
    });
    level = next;
  }
  const levels = [from, to, ...bars.map((bar) => bar.to)];
  const [low, high] = [Math.min(...levels), Math.max(...levels)];
  // Room below the lowest level, so that both ends are bars.
  const base = Math.max(0, low - Math.max(100, (high - low) / 2));
  const heightOf = (value: number) => ((value - base) / Math.max(1, high - base)) * 100;
  const all: Bar[] = [
    { key: 'A', name: 'A', words: figure(from), from: base, to: from },
    ...bars,
    { key: 'B', name: 'B', words: figure(to), from: base, to },
  ];
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: keys scroll it where it is wider than the screen
    <section className={styles.waterfall} aria-label={say('waterfall')} tabIndex={0}>
      <ul>
        {all.map((bar) => {
          const [bottom, top] = [bar.from, bar.to].map(heightOf).sort((a, b) => a - b) as [number, number];
          return (
            <li key={bar.key} data-bar={bar.key}>
              <span className={styles.room}>
                <span
                  className={styles.bar}
                  style={{ bottom: `${bottom}%`, height: `${Math.max(top - bottom, 0.8)}%` }}
                />
                <span className={styles.value} style={{ bottom: `${top}%` }}>
                  {bar.words}
                </span>
              </span>
              <span className={styles.name}>{bar.name}</span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
