import { Button, Group, Text } from '@mantine/core';
import { useState } from 'react';
import { dayWords } from '../../../shared/figures.js';
import { useLanguage } from '../../../shared/language.js';
import { usePlaying } from '../../time/use-playing.js';
import { useAuthor } from '../../use/authors.js';
import { useAuditorTexts } from '../texts.js';
import styles from './clocks.module.css';
import { dayScale, linesOf, recordedOn } from './day-scale.js';
import type { Dot } from './entry-filter.js';

const width = 1000;
const [left, right] = [20, 980];
const [above, below] = [26, 96];

/**
 * The new entries as lines from the day they are about to the day they were recorded; slanting lines are late ones.
 * Played or stepped through, the lines appear in the order of recording.
 */
export function EntryLines({ dots }: { dots: readonly Dot[] }) {
  const say = useAuditorTexts();
  const language = useLanguage();
  const author = useAuthor();
  const [step, setStep] = useState<number>();
  const last = dots.length - 1;
  const at = Math.min(step ?? last, last);
  const [isPlaying, setPlaying] = usePlaying(() => {
    if (at < last) setStep(at + 1);
    return at < last;
  });
  const current = dots[at];
  if (!current) return null;
  const { place, labels, breaks } = dayScale(dots, left, right);
  const go = (to: number) => setStep(to >= last ? undefined : to);
  const play = () => {
    if (at >= last) setStep(0);
    setPlaying(!isPlaying);
  };
  return (
    <div className={styles.lines}>
      <Group gap="xs" className="not-printed">
        <Text fw={600}>{say('entryLines')}</Text>
        <Button size="compact-sm" variant="default" disabled={at === 0} onClick={() => go(at - 1)}>
          {say('back')}
        </Button>
        <Button size="compact-sm" onClick={play}>
          {say(isPlaying ? 'pause' : 'play')}
        </Button>
        <Button size="compact-sm" variant="default" disabled={at === last} onClick={() => go(at + 1)}>
          {say('on')}
        </Button>
      </Group>
      <Text size="sm">
        {say('lineOf', { number: at + 1, count: dots.length })} {current.name}: {current.words} ·{' '}
        {say('lineSaid', {
          day: dayWords(current.asOf, language),
          recorded: dayWords(recordedOn(current), language),
          by: author(current),
        })}
      </Text>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: keys scroll it where it is wider than the screen */}
      <section className={styles.scrolled} tabIndex={0} aria-label={say('entryLines')}>
        <svg
          viewBox={`0 0 ${width} 136`}
          role="img"
          aria-label={say('entryLinesOf', { count: at + 1, late: countLate(dots.slice(0, at + 1)) })}
        >
          <path d={`M${left} ${above}H${right}M${left} ${below}H${right}`} className={styles.axes} />
          <text x={left} y={14}>
            {say('actualDay')}
          </text>
          <text x={left} y={below - 8}>
            {say('recordedOnDay')}
          </text>
          {breaks.map((x) => (
            <text key={x} x={x} y={(above + below) / 2} textAnchor="middle">
              {'//'}
            </text>
          ))}
          {labels.map(({ x, day }) => (
            <text key={day} x={x} y={130} textAnchor={anchorAt(x)}>
              {dayWords(day, language)}
            </text>
          ))}
          {linesOf(dots.slice(0, at + 1)).map(({ key, kind, asOf, recorded, count, ids }) => (
            <g key={key} data-kind={kind} data-current={ids.includes(current.id)}>
              <path d={`M${place(asOf)} ${above}L${place(recorded)} ${below}`} />
              <circle cx={place(asOf)} cy={above} r={radius(count)} />
              <circle cx={place(recorded)} cy={below} r={radius(count)} />
              <title>{say('lineCount', { count })}</title>
            </g>
          ))}
        </svg>
      </section>
    </div>
  );
}

/** The words of a day at an end stay within the picture. */
function anchorAt(x: number): 'start' | 'middle' | 'end' {
  return x - left < 40 ? 'start' : right - x < 40 ? 'end' : 'middle';
}

/** Many entries of one line have larger ends. */
function radius(count: number): number {
  return Math.min(10, 4 + Math.log2(count));
}

function countLate(dots: readonly Dot[]): number {
  return dots.filter(({ kind }) => kind === 'late').length;
}
