import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { GrowingList } from '../../../projections/facts/growing-list.js';

/** What is done to one of the lists so far, by its number. */
const changes = fc.array(
  fc.tuple(fc.nat(), fc.constantFrom('push', 'set', 'cut', 'copy'), fc.nat({ max: 600 }), fc.nat()),
  { maxLength: 60 },
);

test('a list and its copies go on as arrays would that share nothing', () => {
  fc.assert(
    fc.property(fc.constantFrom(0, 3, 250, 256, 511), changes, (length, steps) => {
      const first = Array.from({ length }, (_, place) => place);
      const lists = [{ list: new GrowingList<number>(first), array: first }];
      for (const [number, change, place, value] of steps) {
        const { list, array } = lists[number % lists.length] as (typeof lists)[number];
        if (change === 'copy') lists.push({ list: list.copy(), array: [...array] });
        else if (change === 'push') {
          list.push(value);
          array.push(value);
        } else if (change === 'cut') {
          const length = Math.min(place, array.length);
          list.cut(length);
          array.length = length;
        } else if (place < array.length) {
          list.set(place, value);
          array[place] = value;
        }
      }
      for (const { list, array } of lists) {
        expect([list.slice(), [...list]]).toEqual([array, array]);
        expect([list.length, list.last, list.at(1), list.slice(1, 3), list.slice(200, 400)]).toEqual([
          array.length,
          array.at(-1),
          array[1],
          array.slice(1, 3),
          array.slice(200, 400),
        ]);
      }
    }),
  );
});
