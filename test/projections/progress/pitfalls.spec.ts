import { count, done, item, percent, storeys, word } from '../../support/entries.js';
import { plan, quantity, range, said, stage } from './said.js';
import { story } from './story.js';

const a30b70 = [item('a', 30), item('b', 70)];
const a50b50 = [item('a', 50), item('b', 50)];

story('parts said before the whole do not bound it', [
  [plan(a30b70, 1)],
  [said('a', percent(60), 2)],
  [said('b', percent(60), 2), { '/': '60' }],
  [said('/', percent(75), 30), { '/': '75' }],
]);

story('the same part said again opens nothing', [
  [plan(a30b70, 1)],
  [said('a', percent(40), 2)],
  [said('/', percent(75), 3), { '/': '75' }],
  [said('a', percent(40), 4), { '/': '75' }],
  [said('a', percent(60), 5), { '/': '75/75/81' }],
]);

story(
  'a vague word on the whole does not lower what is done',
  [
    [plan(a30b70, 1)],
    [said('/', word('done'), 2), { '/': '100', a: '100', b: '100' }],
    [said('/', word('under-way'), 3), { '/': '100' }],
  ],
  ['below / 3'],
);

story(
  'a vague word on an item does not lower its exact figure',
  [
    [plan(a30b70, 1)],
    [said('a', percent(58), 2), { a: '58' }],
    [said('a', range(45, 55, 50), 3), { a: '58' }],
  ],
  ['fell a 3'],
);

story(
  'a vague word on a step does not lower its exact figure',
  [
    [plan([item('e', 1, { measure: 'steps', steps: threeSteps() })], 1)],
    [said('e/first', percent(58), 2), { 'e/first': '58', 'e/second': '0/0/58' }],
    [said('e/first', range(45, 55, 50), 3), { 'e/first': '58' }],
  ],
  ['fell e/first 3'],
);

story('mostly after under way is mostly', [
  [said('/', word('under-way'), 1), { '/': '1/50/99' }],
  [said('/', word('mostly'), 2), { '/': '51/75/95' }],
]);

story(
  'an exact figure outlives a vague one above it',
  [
    [said('/', percent(60), 1), { '/': '60' }],
    [said('/', word('nearly-done'), 2), { '/': '90/95/99' }],
    [said('/', word('partly'), 3), { '/': '90/95/99' }],
  ],
  ['fell / 3'],
);

story(
  'a vague fall goes down to the exact figure',
  [
    [said('/', percent(30), 1), { '/': '30' }],
    [said('/', word('nearly-done'), 2), { '/': '90/95/99' }],
    [said('/', word('partly'), 3), { '/': '30/30/50' }],
  ],
  ['fell / 3'],
);

story('the whole and a part not started on one day, the whole first', [
  [plan(a30b70, 1)],
  [said('/', percent(0), 2)],
  [said('b', percent(0), 2), { '/': '0' }],
]);

story('the whole and a part not started on one day, the part first', [
  [plan(a30b70, 1)],
  [said('b', percent(0), 2)],
  [said('/', percent(0), 2), { '/': '0' }],
]);

story('60 in the morning and 65 in the evening', [
  [said('/', percent(60), 1), { '/': '60' }],
  [said('/', percent(65), 1), { '/': '65' }],
]);

story('60 in the morning and nearly done in the evening', [
  [said('/', percent(60), 1), { '/': '60' }],
  [said('/', word('nearly-done'), 1), { '/': '90/95/99' }],
]);

story('the parts of one day are compared with the whole together', [
  [plan(a50b50, 1)],
  [said('/', percent(75), 2), { '/': '75' }],
  [said('b', percent(80), 3)],
  [said('a', range(50, 90), 3), { '/': '75/75/85' }],
]);

story('the parts of one day, in the other order', [
  [plan(a50b50, 1)],
  [said('/', percent(75), 2), { '/': '75' }],
  [said('a', range(50, 90), 3)],
  [said('b', percent(80), 3), { '/': '75/75/85' }],
]);

story('a share that falls because the total grew is no fall', [
  [plan([item('homes', 1, { measure: 'count' })], 1)],
  [said('homes', count(80, 100), 1), { homes: '80' }],
  [said('homes', count(100, 160), 2), { homes: '62.5' }],
]);

story(
  'a share that falls because fewer are done is a fall',
  [
    [plan([item('homes', 1, { measure: 'count' })], 1)],
    [said('homes', count(80, 100), 1), { homes: '80' }],
    [said('homes', count(70, 160), 2), { homes: '43.8' }],
  ],
  ['fell homes 2'],
);

story(
  'a smaller amount of a smaller total is told, though the share rose',
  [
    [plan([item('homes', 1, { measure: 'count' })], 1)],
    [said('homes', count(80, 100), 1), { homes: '80' }],
    [said('homes', count(70, 80), 2), { homes: '87.5' }],
  ],
  ['smaller homes 2'],
);

story('the whole comes down with a part whose total grew', [
  [plan(a50b50, 1)],
  [said('/', percent(60), 2)],
  [said('a', count(80, 100), 2), { '/': '60' }],
  [said('a', count(100, 160), 3), { '/': '51.3/51.3/60' }],
]);

story('the whole comes down with a part that was torn down', [
  [plan(a50b50, 1)],
  [said('/', percent(60), 2)],
  [said('a', percent(80), 2), { '/': '60' }],
  [said('a', percent(20), 3, 'undone'), { '/': '30/30/60', a: '20' }],
]);

story('a part torn down that was last said before the whole may have been complete', [
  [plan(a50b50, 1)],
  [said('a', percent(80), 2)],
  [said('/', percent(60), 3), { '/': '60' }],
  [said('a', percent(20), 4, 'undone'), { '/': '20/30/60', a: '20' }],
]);

story('a part measured again lowers nothing above it', [
  [plan(a50b50, 1)],
  [said('/', percent(60), 2)],
  [said('a', percent(80), 2), { '/': '60' }],
  [said('a', percent(70), 3, 're-measured'), { '/': '60', a: '70' }],
]);

story(
  'a whole that no longer fits a part that was measured again is dropped',
  [
    [plan(a50b50, 1)],
    [said('/', percent(85), 2)],
    [said('a', percent(80), 2), { '/': '85' }],
    [said('a', percent(60), 3, 're-measured'), { '/': '30/30/80', a: '60' }],
  ],
  ['above / 3 settled'],
);

story('as much again is added', [
  [plan([item('works', 100)], 1)],
  [said('/', percent(75), 2), { '/': '75' }],
  [plan([item('works', 100), item('second', 100)], 3), { '/': '37.5/37.5/87.5' }],
]);

story('a part of the whole leaves', [
  [plan([item('works', 75), item('second', 25)], 1)],
  [said('/', percent(75), 2), { '/': '75' }],
  [plan([item('works', 75)], 3), { '/': '66.7/75/100' }],
]);

story('an item is split into parts', [
  [plan(a30b70, 1)],
  [said('a', percent(50), 2)],
  [said('/', percent(75), 2), { '/': '75' }],
  [
    plan([...a30b70, item('a-1', 1, { parent: 'a' }), item('a-2', 1, { parent: 'a' })], 3),
    { '/': '75', a: '50' },
  ],
]);

story('other weights leave a word as it is', [
  [plan(a30b70, 1)],
  [said('/', percent(75), 2), { '/': '75' }],
  [plan([item('a', 60), item('b', 40)], 3), { '/': '75' }],
]);

story('a word that does not fit other weights is dropped, and nothing is told', [
  [plan(a30b70, 1)],
  [done('a', '2018-05-02')],
  [said('/', percent(50), 3), { '/': '50' }],
  [plan([item('a', 90), item('b', 10)], 4), { '/': '90/90/100' }],
]);

story('all done is said of the items of its day', [
  [plan([item('first', 1)], 1)],
  [said('/', word('done'), 2), { '/': '100' }],
  [plan([item('first', 1), item('second', 1)], 3), { '/': '50/50/100', second: '0/0/100' }],
]);

story(
  'a fall is not forgotten in a new scope',
  [
    [plan([item('a', 1)], 1)],
    [said('/', percent(25), 2), { '/': '25' }],
    [said('/', percent(0), 3), { '/': '0' }],
    [plan([item('a', 1), item('b', 1)], 4), { '/': '0/0/50' }],
  ],
  ['fell / 3'],
);

story('a word on the whole is not spread evenly', [
  [
    plan([item('works', 95), item('production', 5, { measure: 'done', after: ['works'] })], 1),
    { '/': '0/0/100' },
  ],
  [said('/', percent(40), 2), { '/': '40', production: '0', works: '0/36.8/42.1' }],
]);

story('a stage states its items, and a word of the same report counts', [
  [plan([item('plant-1', 1, { measure: 'done', stage: 'trial-production' })], 1)],
  [stage('trial-production', 2), { 'plant-1': '100' }],
  [said('plant-1', word('partly'), 2), { 'plant-1': '1/30/50' }],
]);

story('a word of a later report takes the place of a stage', [
  [plan([item('plant-1', 1, { measure: 'done', stage: 'trial-production' })], 1)],
  [stage('trial-production', 2), { 'plant-1': '100' }],
  [said('plant-1', word('partly'), 3), { 'plant-1': '1/30/50' }],
]);

story('a basement is no step before the floors', [
  [plan([item('tower', 1, { measure: 'storeys', of: 18, below: 2 })], 1)],
  [said('tower', storeys(3), 2), { tower: '25' }],
]);

story(
  'a group set to 0 is seen from the whole',
  [
    [plan([item('g', 60), item('x', 1, { parent: 'g' }), item('rest', 40)], 1)],
    [said('/', word('done'), 2), { '/': '100' }],
    [said('/', percent(0), 3), { '/': '0', g: '100' }],
    [said('/', word('done'), 4), { '/': '100' }],
    [said('g', percent(0), 5), { '/': '40', g: '0', x: '100' }],
  ],
  ['below / 3', 'below g 5'],
);

story('a later vague word opens the whole', [
  [plan(a50b50, 1)],
  [said('a', percent(60), 2)],
  [said('b', percent(60), 2), { '/': '60' }],
  [said('/', word('under-way'), 3), { '/': '60/60/99' }],
]);

story('a figure that takes the place of a word may lower the point', [
  [said('/', word('mostly'), 1), { '/': '51/75/95' }],
  [said('/', percent(60), 2), { '/': '60' }],
]);

story('a later step is at least as much of those before it', [
  [plan([item('e', 1, { measure: 'steps', steps: threeSteps() })], 1)],
  [said('e/first', percent(50), 2), { e: '25/25/50', 'e/second': '0/0/50', 'e/third': '0/0/50' }],
  [
    said('e/second', percent(60), 3),
    { 'e/first': '60/60/100', 'e/second': '60', 'e/third': '0/0/60', e: '48/48/80' },
  ],
  [said('e/third', word('partly'), 4), { 'e/first': '60/60/100', 'e/second': '60', 'e/third': '1/30/50' }],
]);

story('only the last step is said', [
  [plan([item('e', 1, { measure: 'steps', steps: threeSteps() })], 1)],
  [said('e/third', percent(40), 2), { 'e/first': '40/40/100', 'e/second': '40/40/100', 'e/third': '40' }],
]);

story('a word on an item with steps holds for the item, not for each step', [
  [plan([item('e', 1, { measure: 'steps', steps: threeSteps() })], 1)],
  [said('e', percent(40), 2), { e: '40', '/': '40', 'e/first': '0/0/80' }],
  [said('e/first', percent(60), 3), { e: '40/40/60', 'e/first': '60' }],
]);

story('amounts in units of one dimension', [
  [plan([item('road', 1, { measure: 'quantity', total: { digits: 12, scale: 0 }, unit: '公里' })], 1)],
  [said('road', quantity('7400 米'), 2), { road: '61.7' }],
  [said('road', quantity('8.4 to 9 km'), 3), { road: '70/72.5/75' }],
  [said('road', quantity('3 栋'), 4), { road: '70/72.5/100' }],
]);

story(
  'a smaller amount in another unit',
  [
    [plan([item('road', 1, { measure: 'quantity', unit: 'km' })], 1)],
    [said('road', quantity('7.4 km'), 1), { road: '1/1/100' }],
    [said('road', quantity('7300 m'), 2), { road: '1/1/100' }],
  ],
  ['smaller road 2'],
);

story(
  'a smaller amount in the unit of the plan, after one without a unit',
  [
    [plan([item('road', 1, { measure: 'quantity', unit: 'km' })], 1)],
    [said('road', count(12), 1), { road: '1/1/100' }],
    [said('road', quantity('10 km'), 2), { road: '1/1/100' }],
  ],
  ['smaller road 2'],
);

story(
  'a smaller amount without a unit, after one in a unit that converts to that of the plan',
  [
    [plan([item('road', 1, { measure: 'quantity', unit: 'km' })], 1)],
    [said('road', quantity('12000 m'), 1), { road: '1/1/100' }],
    [said('road', count(10), 2), { road: '1/1/100' }],
  ],
  ['smaller road 2'],
);

story('an amount without a unit compares with none in a unit where no plan names the unit', [
  [plan([item('road', 1, { measure: 'percent' })], 1)],
  [said('road', count(12), 1), { road: '1/1/100' }],
  [said('road', quantity('10 km'), 2), { road: '1/1/100' }],
]);

function threeSteps() {
  return [
    { id: 'first', name: { en: 'first' }, weight: 50 },
    { id: 'second', name: { en: 'second' }, weight: 30 },
    { id: 'third', name: { en: 'third' }, weight: 20 },
  ];
}
