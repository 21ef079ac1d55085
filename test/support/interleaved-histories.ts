import { governanceStream } from '../../domain/governance/events.js';
import { type AdoptedLexicon, defaultLexicon } from '../../domain/governance/lexicons.js';
import { defaultRules } from '../../domain/governance/rules.js';
import type { AnyRecordedEvent } from '../../domain/log/any-event.js';
import type { NewEvent } from '../../src/event-store/event-store.js';
import { type Dice, diceOf, uuidOf } from './dice.js';
import { randomHistory } from './histories.js';
import { randomRules } from './random-rules.js';

/** Interleaved histories of projects, with occasional new rules and lexicons. */
export function randomEvents(seed: number, projects: number): { stream: string; event: NewEvent }[] {
  const dice = diceOf(seed);
  const histories = Array.from({ length: projects }, (_, index) =>
    randomHistory(seed * 1_000 + index, { entries: dice.int(1, 25) }).events.map((event) => ({
      stream: event.stream,
      event: newEventOf(event),
    })),
  );
  const all: { stream: string; event: NewEvent }[] = [];
  for (let left = histories; left.length > 0; left = left.filter(({ length }) => length > 0)) {
    all.push(...(left[dice.int(0, left.length - 1)] ?? []).splice(0, dice.int(1, 3)));
    if (dice.chance(2)) all.push({ stream: governanceStream, event: adoption(dice, all.length) });
  }
  return all;
}

/** A recorded event as it is appended. */
export function newEventOf({ id, by, type, data, entry }: AnyRecordedEvent): NewEvent {
  return { id, by, type, data, entry } as NewEvent;
}

function adoption(dice: Dice, number: number): NewEvent {
  const entry = { asOf: '2018-07-10', precision: 'day', source: { kind: 'system' } } as const;
  const id = uuidOf(`adopted ${number} ${dice.int(0, 1e9)}`);
  if (dice.chance(40))
    return { id, by: 'office', type: 'LexiconAdopted', data: randomLexicon(dice, number), entry };
  const data = dice.chance(30)
    ? { ...defaultRules, version: number }
    : { ...randomRules(dice), version: number };
  return { id, by: 'office', type: 'RulesAdopted', data, entry };
}

/** The lexicon of Topout, in which some words have other ranges. */
function randomLexicon(dice: Dice, version: number): AdoptedLexicon {
  const words = defaultLexicon.words.map((word) => {
    const { low, high } = word.range;
    if (low === high || dice.chance(70)) return word;
    const [least, point, most] = [dice.int(0, 9_999), dice.int(0, 10_000), dice.int(0, 10_000)].toSorted(
      (one, other) => one - other,
    ) as [number, number, number];
    return { ...word, range: { low: least, point, high: Math.max(most, least + 1) } };
  });
  return { version, basis: 'office', words };
}
