import { expect, test } from '@jest/globals';
import { facts as table } from '../../domain/project/facts/facts.js';
import { shippedPhrasebook } from '../../domain/values/lexicon/phrases.js';
import { Acknowledgement, AlertsQuery, SilenceSaid } from '../../src/http/dto/alerts.js';
import { CalendarSaid } from '../../src/http/dto/calendar.js';
import { entryShapes } from '../../src/http/dto/entry-shapes.js';
import { sources } from '../../src/http/dto/facts/entry.js';
import { commandOf } from '../../src/http/dto/facts/facts.js';
import { measures } from '../../src/http/dto/facts/measure.js';
import { Period } from '../../src/http/dto/facts/period.js';
import { JournalQuery, ProjectsQuery } from '../../src/http/dto/moment.js';
import { NewProject } from '../../src/http/dto/project.js';
import { RulesSaid } from '../../src/http/dto/rules.js';
import {
  channels,
  movedChannels,
  SecretSaid,
  SubscriptionChanged,
  SubscriptionSaid,
  timings,
} from '../../src/http/dto/subscription.js';
import { type RequestFault, RequestRefused } from '../../src/http/problems/faults.js';
import { mostBytes } from '../../src/http/routes/write.js';
import type { Kinds, Shape } from '../../src/http/validation/member.js';
import { readingOf, shaped } from '../../src/http/validation/reading.js';
import { diceOf } from '../support/dice.js';
import { bodyOf, spoilt } from './bodies.js';
import { faultsOfClassValidator } from './class-validator-verdict.js';

const { facts, administration, Withdrawal, LineHead } = entryShapes(table);
const shapesOf = (kinds: readonly Kinds[]) => kinds.flatMap(({ shapes }) => Object.values(shapes));
const ofKinds = shapesOf([facts, measures, sources, channels, movedChannels, timings]);
const kinds = new Map<string, Shape>([...ofKinds, Period].map((type) => [type.name, type]));

const shapes: Shape[] = [
  ...shapesOf([facts, administration]),
  NewProject,
  Withdrawal,
  LineHead,
  RulesSaid,
  CalendarSaid,
  SubscriptionSaid,
  SubscriptionChanged,
  SecretSaid,
  Acknowledgement,
  SilenceSaid,
  AlertsQuery,
  ProjectsQuery,
  JournalQuery,
];

test.each(shapes.map((type) => ({ name: type.name, type })))(
  'a $name is refused for the faults that class-validator finds, in its order and in the same words',
  ({ name, type }) => {
    const rounds = 600;
    let accepted = 0;
    const faultsSeen = new Set<string>();
    for (let seed = 1; seed <= rounds; seed++) {
      const dice = diceOf(seed);
      const said = spoilt(dice, bodyOf(dice, type, kinds));
      const before = JSON.stringify(said);
      const faults: RequestFault[] = [];
      const instance = readingOf(type).read(said, '', faults);
      expect({ seed, said, faults }).toEqual({ seed, said, faults: faultsOfClassValidator(type, instance) });
      expect(JSON.stringify(said)).toBe(before);
      for (const { type } of faults) faultsSeen.add(type);
      if (faults.length === 0) accepted++;
    }
    expect({
      name,
      isMixed: accepted > rounds / 50 && accepted < rounds * 0.9,
      kinds: faultsSeen.size > 2,
    }).toEqual({
      name,
      isMixed: true,
      kinds: true,
    });
  },
);

test('a member named like one of Object.prototype is unknown, and not silently dropped', () => {
  const said = { type: 'StageEntered', asOf: '2018-06-30', stage: 'started', toString: 'x', toData: 1 };
  const refused = (() => {
    try {
      return shaped(facts, said);
    } catch (error) {
      return error;
    }
  })();
  expect(refused).toBeInstanceOf(RequestRefused);
  expect((refused as RequestRefused).faults.map(({ member, type }) => [member, type])).toEqual([
    ['toString', 'member-unknown'],
    ['toData', 'member-unknown'],
  ]);
});

test('the largest fact is far smaller than the largest entry', () => {
  const longest = '屋'.repeat(2_000);
  const source = { kind: 'report', document: '屋'.repeat(200), paragraph: '屋'.repeat(100), quote: longest };
  const said = {
    type: 'ForecastGiven',
    asOf: '2018-06-30',
    target: 'x'.repeat(64),
    earliest: '2018-07',
    latest: '2018-08',
    scope: '屋'.repeat(200),
    reason: '屋'.repeat(500),
    source,
  };
  const { data, entry } = commandOf(shaped(facts, said), '2018-07-10', shippedPhrasebook);
  expect(10 * Buffer.byteLength(JSON.stringify([data, entry]))).toBeLessThan(mostBytes);
});
