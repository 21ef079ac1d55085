import type { Rate } from './buckets.js';

/** What is limited by a rate; the name of each is that of its policy in the headers. */
export interface Rates {
  /** Requests of nobody, by address. */
  strangers: Rate;
  /** Wrong sign-ins, by address. */
  failures: Rate;
  reads: Rate;
  writes: Rate;
  /** Lines of imports; an import that goes over is taken, and the next one waits. */
  lines: Rate;
  /** Subscriptions that are added or changed: each may send a request or a mail to an address. */
  addresses: Rate;
  /** Test notices and confirmation mails. */
  tests: Rate;
}

/** What is limited by how much of it runs at the same time. */
export interface AtATime {
  /** In the installation. */
  all: number;
  /** Of one credential. */
  each: number;
}

/** The limits of an installation. */
interface LimitFigures {
  rates: Rates;
  /** Expensive questions. */
  questions: AtATime;
  imports: AtATime;
  /** Open streams of one credential. */
  streams: number;
}

const minute = 60;
const hour = 3_600;
const per = (seconds: number, count: number): Rate => ({ perSecond: count / seconds, burst: count });

export const usualLimits: LimitFigures = {
  rates: {
    strangers: per(minute, 120),
    failures: per(minute, 10),
    reads: { perSecond: 50, burst: 200 },
    writes: { perSecond: 20, burst: 100 },
    lines: { perSecond: 1_000, burst: 50_000 },
    addresses: per(hour, 20),
    tests: per(minute, 5),
  },
  questions: { all: 4, each: 2 },
  imports: { all: 2, each: 2 },
  streams: 10,
};

/** The limits of a setting, `name=count/seconds` or `name=all/each` with commas between; others are the usual ones. */
export interface LimitsSaid {
  isOff: boolean;
  /** True if any was said: then they hold in open mode too. */
  isSaid: boolean;
  figures: LimitFigures;
}

/** A part of the setting that cannot be read. */
export class LimitsInvalid extends Error {}

export const limitNames = [...Object.keys(usualLimits.rates), 'questions', 'imports', 'streams'];

/**
 * Reads the setting of limits: `off`, or those that differ, such as `reads=100/400,strangers=1/60,questions=8/4,streams=20`: of a
 * rate how many a second and how many at one moment, of what runs at the same time how many in all and for one credential.
 *
 * @throws LimitsInvalid with the part that cannot be read
 */
export function limitsIn(text: string): LimitsSaid {
  const parts = text
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean);
  if (text.trim() === 'off') return { isOff: true, isSaid: true, figures: usualLimits };
  const figures = structuredClone(usualLimits);
  for (const part of parts) {
    const [, name = '', first = '', second] =
      /^(\w+)=(\d{1,6}(?:\.\d{1,4})?)(?:\/(\d{1,6}))?$/.exec(part) ?? [];
    const count = Number(first);
    if (!limitNames.includes(name) || count <= 0) throw new LimitsInvalid(part);
    const rate = figures.rates[name as keyof Rates];
    if (name === 'streams' && second === undefined && Number.isInteger(count)) figures.streams = count;
    else if (rate && Number(second) >= 1)
      figures.rates[name as keyof Rates] = { perSecond: count, burst: Number(second) };
    else if ((name === 'questions' || name === 'imports') && Number(second) >= 1 && Number.isInteger(count))
      figures[name] = { all: count, each: Number(second) };
    else throw new LimitsInvalid(part);
  }
  return { isOff: false, isSaid: parts.length > 0, figures };
}
