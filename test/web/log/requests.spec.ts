import { describe, expect, test } from '@jest/globals';
import { Requests } from '../../../web/log/outbox/requests.js';

/** Requests on a clock that gives the given instants, one an answer. */
function requests(...instants: string[]): Requests {
  return new Requests(() => instants.shift() as string, '2018-07-08T17:00Z');
}

describe('whether the service is reached', () => {
  test('an answer that was requested before the service was lost does not hide the loss', () => {
    const asked = requests('2018-07-09T08:00Z');
    const early = asked.begin();
    asked.begin()(false);
    early(true);
    expect(asked.current()).toEqual({ isReached: false, at: '2018-07-08T17:00Z' });
  });

  test('a request that ran out of time after a newer one was answered reports no loss', () => {
    const asked = requests('2018-07-09T08:00Z');
    const slow = asked.begin();
    asked.begin()(true);
    slow(false);
    expect(asked.current()).toEqual({ isReached: true, at: '2018-07-09T08:00Z' });
  });

  test('requests that end in the order in which they began each count, and each is told', () => {
    const asked = requests('2018-07-09T08:00Z', '2018-07-09T09:00Z');
    const seen: unknown[] = [];
    const end = asked.subscribe(() => seen.push(asked.current()));
    const [first, second, third] = [asked.begin(), asked.begin(), asked.begin()];
    first(true);
    second(false);
    third(true);
    end();
    asked.begin()(false);
    expect(seen).toEqual([
      { isReached: true, at: '2018-07-09T08:00Z' },
      { isReached: false, at: '2018-07-09T08:00Z' },
      { isReached: true, at: '2018-07-09T09:00Z' },
    ]);
  });
});
