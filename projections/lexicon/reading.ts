import type { RecordedEvent } from '../../domain/project/events.js';
import type { WordRead } from '../../domain/project/facts/measure.js';
import { isSame } from '../../domain/values/equal.js';
import { type Lexicon, lexiconWord } from '../../domain/values/lexicon.js';

/** Reads the entries of a project by a lexicon; entries that it reads like the shipped one are returned unchanged. */
export type Reading = (event: RecordedEvent) => RecordedEvent;

/**
 * How a lexicon reads entries: a word that it reads otherwise than the lexicon that comes with Topout carries its meaning.
 *
 * Every figure is folded from entries that were read so, and no fold needs to know the lexicon.
 */
export function readBy(lexicon: Lexicon): Reading {
  const known = readings.get(lexicon) ?? readingOf(lexicon);
  readings.set(lexicon, known);
  return known;
}

const readings = new WeakMap<Lexicon, Reading>();

function readingOf(lexicon: Lexicon): Reading {
  const own = new Map<string, WordRead>();
  for (const { word, range, state, name } of lexicon.words) {
    const shipped = lexiconWord(word);
    if (shipped && isSame([range, state, name], [shipped.range, shipped.state, shipped.name])) continue;
    own.set(word, { range, ...(state ? { state } : {}), inEnglish: name.en, inChinese: name.zh });
  }
  if (own.size === 0) return asRecorded;
  return (event) => {
    if (event.type !== 'ProgressMeasured' || event.data.measure.kind !== 'word') return event;
    const { measure } = event.data;
    const meaning = own.get(measure.word);
    return meaning ? { ...event, data: { ...event.data, measure: { ...measure, meaning } } } : event;
  };
}

/** The reading of the lexicon that comes with Topout. */
export const asRecorded: Reading = (event) => event;
