import { expect, test } from '@jest/globals';
import { nearNames } from '../../src/cli/input/near-names.js';

const items = [
  { id: 'rain-pipe', names: ['Rainwater pipe', '雨水管'] },
  { id: 'sewer', names: ['Sewer', '污水管'] },
  { id: 'structure-paint-shop', names: ['Paint shop, structure', '涂装车间主体'] },
  { id: 'envelope-paint-shop', names: ['Paint shop, roof and walls', '涂装车间屋面与外墙'] },
  { id: 'greening', names: ['Greening', '绿化'] },
];

test.each([
  ['rainpipe', ['rain-pipe']],
  ['sewers', ['sewer']],
  ['paint-shop', ['structure-paint-shop', 'envelope-paint-shop']],
  ['涂装', ['structure-paint-shop', 'envelope-paint-shop']],
  ['Sewer', ['sewer']],
  ['boiler', []],
])('%s suggests %j', (typed, near) => {
  expect(nearNames(typed, items)).toEqual(near);
});
