import { type Day, isDay } from '../../../domain/values/days/calendar.js';
import type { MomentShown } from '../../shared/moment.js';
import type { Replay } from '../../shared/replay/replay.js';
import type { Clock } from '../../shared/replay/timeline.js';
import type { Point } from './movers.js';

/** The two compared points, as named in the URL. */
export interface Moments {
  clock: Clock;
  /** A day, or the position of an entry. */
  from: string;
  to: string;
  /** Absent if invalid. */
  points?: readonly [Point, Point];
  wrong?: { side: 'from' | 'to'; why: 'day' | 'future' | 'entry' | 'reversed' };
  /** The fixed value of the other clock: a day, a position, or nothing for everything known. */
  still: Day | number | undefined;
}

/** The points that URL parameters name; defaults are the first and the last. */
export function momentsIn(
  parameters: URLSearchParams,
  { asOf, knownAt }: MomentShown,
  replay: Replay,
  today: Day,
): Moments {
  const clock: Clock = parameters.get('clock') === 'knownAt' ? 'knownAt' : 'asOf';
  const positions = replay.entries.map(({ position }) => position);
  const days = replay.entries
    .map(({ entry }) => entry.asOf)
    .filter((day) => day <= today)
    .sort();
  const ends =
    clock === 'asOf' ? [days[0] ?? today, today] : [String(positions[0] ?? 0), String(positions.at(-1) ?? 0)];
  const from = parameters.get('from') ?? ends[0] ?? '';
  const to = parameters.get('to') ?? ends[1] ?? '';
  const still = clock === 'asOf' ? knownAt : (asOf ?? today);
  const named = { clock, from, to, still };
  const isWrong = (value: string) => {
    if (clock === 'knownAt') return /^\d{1,15}$/.test(value) ? undefined : ('entry' as const);
    if (!isDay(value)) return 'day' as const;
    return value > today ? ('future' as const) : undefined;
  };
  for (const [side, value] of [
    ['from', from],
    ['to', to],
  ] as const) {
    const why = isWrong(value);
    if (why) return { ...named, wrong: { side, why } };
  }
  const isReversed = clock === 'asOf' ? from > to : Number(from) > Number(to);
  if (isReversed) return { ...named, wrong: { side: 'to', why: 'reversed' } };
  const point = (value: string): Point =>
    clock === 'asOf'
      ? { asOf: value, knownAt: knownAt ?? Number.POSITIVE_INFINITY }
      : { asOf: asOf ?? today, knownAt: Number(value) };
  return { ...named, points: [point(from), point(to)] };
}
