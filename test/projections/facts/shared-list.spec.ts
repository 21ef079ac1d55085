import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { SharedList } from '../../../projections/facts/shared-list.js';

test('each list stays as it was, whichever of them are added to', () => {
  const step = fc.record({ from: fc.nat(), add: fc.nat(4), cut: fc.option(fc.nat(20), { nil: undefined }) });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), fc.boolean(), (steps, isOwned) => {
      let next = 3;
      const expected: number[][] = [[0, 1, 2]];
      const lists = [isOwned ? SharedList.owning([0, 1, 2]) : SharedList.of([0, 1, 2])];
      for (const { from, add, cut } of steps) {
        const [list, members] = [lists[from % lists.length], expected[from % lists.length]];
        if (!list || !members) throw new Error('expected a list');
        const more = Array.from({ length: add }, () => next++);
        // What is known of a kind is continued by lists that share the array.
        list.ofKind(true, (member) => member % 3 === 0);
        lists.push(cut === undefined ? list.and(more) : list.upTo(cut));
        expected.push(cut === undefined ? [...members, ...more] : members.slice(0, cut));
      }
      for (const [place, list] of lists.entries()) {
        const members = expected[place] ?? [];
        expect([list.length, list.last, list.at(0)]).toEqual([members.length, members.at(-1), members[0]]);
        expect(list.at(members.length)).toBeUndefined();
        expect(list.slice(1, 5)).toEqual(members.slice(1, 5));
        const isThird = (member: number) => member % 3 === 0;
        expect(list.ofKind(true, isThird)).toEqual(members.filter(isThird));
        expect(list.filter(isThird)).toEqual(members.filter(isThird));
        expect(list.find((member) => member > 4)).toBe(members.find((member) => member > 4));
        expect([...list]).toEqual(members);
        expect(list.array).toEqual(members);
        expect(list.array).toBe(list.array);
      }
      for (const [a, list] of lists.entries())
        for (const [b, other] of lists.entries()) {
          const [one = [], two = []] = [expected[a], expected[b]];
          const differs = one.findIndex((member, at) => member !== two[at]);
          expect(list.sameWith(other)).toBe(differs === -1 ? one.length : differs);
        }
    }),
  );
});

test('an array that is read is not changed by adding to its list', () => {
  const read = ['a'];
  const list = SharedList.of(read);
  const more = list.and(['b']);
  const array = more.array;
  more.and(['c']);
  expect([read, array]).toEqual([['a'], ['a', 'b']]);
});
