import { expect, test } from '@jest/globals';
import { validate, version } from 'uuid';
import { newIdAt } from '../src/composition/new-id.js';

test('ids are distinct UUIDs of version 7 in ascending order, also when the clock goes back', () => {
  const at = Date.parse('2018-07-10T01:02:03.004Z');
  const ids = Array.from({ length: 3000 }, (_, i) => newIdAt(at + (i % 7 === 0 ? -5 : Math.floor(i / 100))));
  expect(ids.filter((id) => !validate(id) || version(id) !== 7)).toEqual([]);
  expect(new Set(ids).size).toBe(ids.length);
  expect([...ids].sort()).toEqual(ids);
  expect(Number.parseInt((ids[0] as string).replaceAll('-', '').slice(0, 12), 16)).toBeGreaterThanOrEqual(
    at - 5,
  );
});
