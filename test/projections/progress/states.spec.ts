import { item, word } from '../../support/entries.js';
import { plan, said } from './said.js';
import { story } from './story.js';

const building = plan(
  [item('structure', 60), item('roof', 1, { measure: 'done', states: 'structure' }), item('fit-out', 39)],
  1,
);

story('topped out, said of the roof that states the structure, states both done', [
  [building, { roof: '0/0/100', structure: '0/0/100' }],
  [said('roof', word('topped-out'), 2), { roof: '100', structure: '100', 'fit-out': '0/0/100' }],
]);

story('a word that works have begun reaches nothing', [
  [building],
  [said('roof', word('started'), 2), { roof: '1/10/99', structure: '0/0/100' }],
]);

story('topped out, said of an item that states no other, is a range', [
  [plan([item('building', 1)], 1)],
  [said('building', word('topped-out'), 2), { building: '40/60/100' }],
]);
