import { expect, test } from '@jest/globals';
import { shortIds } from '../../src/cli/input/ids.js';

const first = '7c1c0f2f-d8d3-5dde-a26a-6f9d0efd331b';
const twin = '7c1c0f2f-d8d4-5dde-a26a-6f9d0efd331b';
const other = 'd85ac38f-bc7e-55ef-8483-d2e56a82d59a';

test('ids are cut to eight characters if these are unique', () => {
  expect([first, other].map(shortIds([first, other, first]))).toEqual(['7c1c0f2f', 'd85ac38f']);
});

test('ids with a common beginning keep as much as is unique', () => {
  expect([first, twin].map(shortIds([first, twin, other]))).toEqual(['7c1c0f2f-d8d3', '7c1c0f2f-d8d4']);
});
