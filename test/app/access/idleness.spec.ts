import { expect, test } from '@jest/globals';
import { msPerMinute } from '../../../domain/values/days/durations.js';
import { Idleness } from '../../../src/app/access/idleness.js';

const openedAt = '2018-07-10T08:00:00.000Z';
const session = 'k3xq7v2q';

/** Replicas of one installation at one clock, and one with other keys. */
function replicas() {
  let passedMs = 0;
  const world = { now: () => new Date(Date.parse(openedAt) + passedMs).toISOString() };
  const keyed = (key: string) => (text: string) => `${key}-${text.length}-${text}`;
  return {
    north: new Idleness(world, keyed('own')),
    south: new Idleness(world, keyed('own')),
    stranger: new Idleness(world, keyed('other')),
    pass: (minutes: number) => {
      passedMs += minutes * msPerMinute;
    },
  };
}

test('a session that is used on one replica is not idle on another that sees its mark', () => {
  const { north, south, pass } = replicas();
  pass(25);
  north.note(session);
  const mark = north.renewed(session, undefined);
  pass(20);
  expect(south.isIdle(session, openedAt)).toBe(true);
  south.believe(session, mark);
  expect(south.isIdle(session, openedAt)).toBe(false);
  pass(11);
  expect(south.isIdle(session, openedAt)).toBe(true);
});

test('a mark of another session, of other keys or with another time says nothing', () => {
  const { north, south, stranger, pass } = replicas();
  pass(31);
  const [at, hash] = String(north.renewed('other', undefined)).split('.');
  const forged = [`${at}.${hash}`, String(stranger.renewed(session, undefined)), `zzzzzzzz.${hash}`, 'x', ''];
  for (const mark of forged) south.believe(session, mark);
  expect(south.isIdle(session, openedAt)).toBe(true);
});

test('an old mark does not end a session that was used since, and is renewed after a minute', () => {
  const { north, south, pass } = replicas();
  const mark = north.renewed(session, undefined);
  expect(north.renewed(session, mark)).toBeUndefined();
  pass(29);
  south.note(session);
  south.believe(session, mark);
  pass(29);
  expect(south.isIdle(session, openedAt)).toBe(false);
  expect(north.renewed(session, mark)).toMatch(/^[0-9a-z]+\./);
});
