import { Text } from '@mantine/core';
import { useRef } from 'react';
import { dayNumber, dayOf } from '../../../../domain/values/days/calendar.js';
import { bracketed, labelled, listed } from '../../../../domain/values/punctuation.js';
import { dayWords } from '../../../shared/figures.js';
import { useLanguage } from '../../../shared/language.js';
import { useAuditorTexts } from '../texts.js';
import styles from './clocks.module.css';
import type { Dot } from './entry-filter.js';
import type { TotalChanges } from './total-changes.js';
import type { TwoMoments } from './two-moments.js';
import { type Corner, type Side, useCorners } from './use-corners.js';

const size = 280;
const edge = 14;
const inner = size - 2 * edge;

/**
 * The new entries in one picture: to the right the day they are about, upwards the order in which they were recorded.
 * A and B are moved in it by pointer and by keys.
 */
export function TwoClocks({
  found,
  dots,
  moments,
  today,
}: {
  found: TotalChanges;
  dots: readonly Dot[];
  moments: TwoMoments;
  today: string;
}) {
  const say = useAuditorTexts();
  const language = useLanguage();
  const svg = useRef<SVGSVGElement>(null);
  const { from, to } = found;
  const [corners, head, move] = useCorners(found, moments, today);
  const days = [from.asOf, to.asOf, today, ...dots.map(({ asOf }) => asOf)].map(dayNumber);
  const [first, last] = [Math.min(...days) - 1, Math.max(...days)];
  const within = (part: number) => edge + Math.min(1, Math.max(0, part)) * inner;
  const x = (day: string) => within((dayNumber(day) - first) / Math.max(1, last - first));
  const y = (position: number) => size - within(position / Math.max(1, head));
  /** The point of both clocks under the pointer. */
  const cornerAt = ({ clientX, clientY }: { clientX: number; clientY: number }): Corner => {
    const box = svg.current?.getBoundingClientRect() ?? { left: 0, top: 0, width: size };
    const scale = size / box.width;
    const part = (at: number) => Math.min(1, Math.max(0, (at - edge) / inner));
    const [right, up] = [part((clientX - box.left) * scale), part(size - (clientY - box.top) * scale)];
    return { asOf: dayOf(Math.round(first + right * (last - first))), position: Math.round(up * head) };
  };
  return (
    <aside className={styles.clocks} aria-label={say('twoClocks')}>
      <Text fw={600}>{say('twoClocks')}</Text>
      <Text size="xs">{say('twoClocksHint')}</Text>
      <svg ref={svg} width={size} height={size} viewBox={`0 0 ${size} ${size}`}>
        <title>{say('twoClocks')}</title>
        <svg role="img" aria-label={say('twoClocksOf', { count: dots.length })}>
          {(['to', 'from'] as const).map((side) => {
            const at = { x: x(corners[side].asOf), y: y(corners[side].position) };
            return (
              <rect
                key={side}
                data-moment={side}
                x={edge}
                y={at.y}
                width={at.x - edge}
                height={size - edge - at.y}
              />
            );
          })}
          <path d={`M${edge} ${edge}V${size - edge}H${size - edge}`} className={styles.axes} />
          {dots.map(({ id, name, kind, asOf, position, words }) => (
            <circle key={id} cx={x(asOf)} cy={y(position)} r={4} data-kind={kind}>
              <title>
                {bracketed(
                  labelled(name, words, language),
                  listed([dayWords(asOf, language), say('upToEntry', { position })], language),
                  language,
                )}
              </title>
            </circle>
          ))}
        </svg>
        {(['from', 'to'] as const).map((side) => (
          <Handle
            key={side}
            side={side}
            corner={corners[side]}
            at={{ x: x(corners[side].asOf), y: y(corners[side].position) }}
            days={[first, dayNumber(today)]}
            cornerAt={cornerAt}
            move={move}
          />
        ))}
      </svg>
      <Text size="xs">{say('moveMoments')}</Text>
      <Text size="xs">{say('toTheRight')}</Text>
      <Text size="xs">{say('upwards')}</Text>
    </aside>
  );
}

/** The corner of a moment: dragged, or moved by keys, a day to the side and an entry up or down. */
function Handle({
  side,
  corner,
  at,
  days: [first, today],
  cornerAt,
  move,
}: {
  side: Side;
  corner: Corner;
  at: { x: number; y: number };
  /** The first and the last day to which it is moved, as numbers. */
  days: readonly [number, number];
  cornerAt: (pointer: { clientX: number; clientY: number }) => Corner;
  move: ReturnType<typeof useCorners>[2];
}) {
  const say = useAuditorTexts();
  const language = useLanguage();
  const letter = side === 'from' ? 'A' : 'B';
  const by = (days: number, entries: number) => {
    const day = Math.min(today, dayNumber(corner.asOf) + days);
    move(side, { asOf: dayOf(day), position: corner.position + entries });
  };
  const keys: Readonly<Record<string, () => void>> = {
    ArrowLeft: () => by(-1, 0),
    ArrowRight: () => by(1, 0),
    ArrowUp: () => by(0, 1),
    ArrowDown: () => by(0, -1),
    PageUp: () => by(0, 10),
    PageDown: () => by(0, -10),
    End: () => by(0, Number.MAX_SAFE_INTEGER),
  };
  return (
    <g
      role="slider"
      tabIndex={0}
      className={styles.handle}
      data-side={letter}
      aria-label={say('momentOf', { letter })}
      aria-valuemin={first}
      aria-valuemax={today}
      aria-valuenow={dayNumber(corner.asOf)}
      aria-valuetext={`${dayWords(corner.asOf, language)}, ${say('upToEntry', { position: corner.position })}`}
      onKeyDown={(event) => {
        const key = keys[event.key];
        if (!key) return;
        event.preventDefault();
        key();
      }}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={(event) => {
        if (event.currentTarget.hasPointerCapture(event.pointerId)) move(side, cornerAt(event));
      }}
    >
      <circle cx={at.x} cy={at.y} r={11} />
      <text x={at.x} y={at.y + 4} textAnchor="middle">
        {letter}
      </text>
    </g>
  );
}
