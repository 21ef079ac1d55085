import { describe, expect, test } from '@jest/globals';
import { AskedWait, retrySecondsIn } from '../../../web/log/outbox/retry-after.js';

const now = Date.parse('2018-07-10T02:00:00.000Z');

test.each([
  ['7', 7],
  [' 7 ', 7],
  ['Tue, 10 Jul 2018 02:01:30 GMT', 90],
  ['Tue, 10 Jul 2018 01:00:00 GMT', undefined],
  ['Wed, 11 Jul 2018 02:00:00 GMT', 3_600],
  ['999999', 3_600],
  ['0', undefined],
  ['soon', undefined],
  [undefined, undefined],
])('Retry-After "%s" asks for %s seconds', (text, seconds) => {
  const headers = new Headers(text === undefined ? {} : { 'retry-after': text });
  expect(retrySecondsIn(headers, now)).toBe(seconds);
});

describe('a wait that the service asked for', () => {
  const clock = { ms: now };
  const wait = new AskedWait(() => clock.ms);

  test('lasts as long, and no longer when the clock is set back', () => {
    expect(wait.leftMs()).toBe(0);
    wait.begin(10);
    expect(wait.leftMs()).toBe(10_000);
    clock.ms += 9_999;
    expect(wait.leftMs()).toBe(1);
    clock.ms += 1;
    expect(wait.leftMs()).toBe(0);
    wait.begin(10);
    clock.ms -= 86_400_000;
    expect(wait.leftMs()).toBe(0);
  });
});
