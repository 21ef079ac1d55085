import { count, done, item, percent, storeys, word } from '../../support/entries.js';
import { plan, quantity, range, said, underWay } from './said.js';
import { story } from './story.js';

const a30b70 = [item('a', 30), item('b', 70)];
const a50b50 = [item('a', 50), item('b', 50)];

story('1: a part said after the whole leaves the whole as far as it was', [
  [plan([item('part', 30), item('rest', 70)], 1), { '/': '0/0/100' }],
  [said('/', percent(75), 2), { '/': '75', part: '0/16.7/100', rest: '0/64.3/100' }],
  [said('part', percent(40), 3), { '/': '75/75/82', part: '40', rest: '0/90/100' }],
  [said('part', percent(60), 4), { '/': '75/75/88', part: '60', rest: '0/81.4/100' }],
  [said('part', percent(60), 5), { '/': '75/75/88', part: '60' }],
]);

story('1, other numbers and three parts', [
  [plan([item('a', 20), item('b', 20), item('c', 60)], 1)],
  [said('/', percent(50), 2), { '/': '50', c: '0/16.7/83.3' }],
  [said('a', percent(10), 3), { '/': '50/50/52', a: '10' }],
  [said('b', percent(30), 4), { '/': '50/50/58', c: '0/70/83.3' }],
]);

story('1b: what a part said before the whole has risen since is added to the most of the whole', [
  [plan([item('part', 30), item('rest', 70)], 1)],
  [said('part', percent(40), 2), { '/': '12/12/82' }],
  [said('/', percent(75), 3), { '/': '75', rest: '0/64.3/90' }],
  [said('part', percent(60), 4), { '/': '75/75/81' }],
]);

story(
  '1c: a part that is too little for the whole takes the place of the word on the whole',
  [
    [plan([item('part', 30), item('rest', 70)], 1)],
    [said('/', percent(75), 2), { '/': '75' }],
    [said('part', percent(5), 3), { '/': '1.5/1.5/71.5', rest: '0/0/100' }],
  ],
  ['above / 3'],
);

story('2: two of three buildings, then the first one, which may be the third', [
  [plan([item('no-1', 1), item('no-2', 1), item('no-3', 1)], 1)],
  [said('/', count(2, 3, '栋'), 2), { '/': '66.7' }],
  [done('no-1', '2018-05-03'), { '/': '66.7/66.7/100', 'no-1': '100', 'no-2': '0/0/100' }],
]);

story('2, said on one day', [
  [plan([item('no-1', 1), item('no-2', 1), item('no-3', 1)], 1)],
  [said('/', count(2, 3, '栋'), 2), { '/': '66.7' }],
  [done('no-1', '2018-05-02'), { '/': '66.7', 'no-1': '100' }],
]);

story(
  '3: basically complete after done is told and changes nothing',
  [
    [said('/', percent(97), 1), { '/': '97' }],
    [said('/', word('nearly-done'), 2), { '/': '97/97/99' }],
    [said('/', word('done'), 3), { '/': '100' }],
    [said('/', word('nearly-done'), 4), { '/': '100' }],
  ],
  ['fell / 4'],
);

story('3, basically complete on the day of the figure', [
  [said('/', percent(97), 1), { '/': '97' }],
  [said('/', word('nearly-done'), 1), { '/': '97' }],
]);

const groupOfThree = [
  item('g', 60),
  ...['x', 'y', 'z'].map((id) => item(id, 1, { parent: 'g' })),
  item('rest', 40),
];

story(
  '4: an exact word on a group below its parts counts for the group',
  [
    [plan(groupOfThree, 1)],
    [done('x', '2018-05-02')],
    [done('y', '2018-05-02')],
    [done('z', '2018-05-02'), { g: '100', '/': '60/60/100' }],
    [said('g', percent(60), 3), { g: '60', x: '100', '/': '36/36/76' }],
    [done('x', '2018-05-04')],
    [done('y', '2018-05-04')],
    [done('z', '2018-05-04'), { g: '100', '/': '60/60/100' }],
  ],
  ['below g 3'],
);

story(
  '4, a vague word on the group changes nothing',
  [
    [plan(groupOfThree, 1)],
    [done('x', '2018-05-02')],
    [done('y', '2018-05-02')],
    [done('z', '2018-05-02'), { g: '100' }],
    [said('g', word('mostly'), 3), { g: '100', '/': '60/60/100' }],
  ],
  ['below g 3'],
);

story('4, measured again on purpose', [
  [plan(groupOfThree, 1)],
  [done('g', '2018-05-02'), { g: '100', x: '100' }],
  [said('g', percent(60), 3, 're-measured'), { g: '60', x: '100', '/': '36/36/76' }],
]);

story(
  '5a: a lower figure counts and is told',
  [
    [said('/', percent(70), 1), { '/': '70' }],
    [said('/', percent(55), 2), { '/': '55' }],
    [said('/', percent(60), 3), { '/': '60' }],
  ],
  ['fell / 2'],
);

story('5b: a lower figure that was measured again is no contradiction', [
  [said('/', percent(70), 1), { '/': '70' }],
  [said('/', percent(55), 2, 're-measured'), { '/': '55' }],
  [said('/', percent(60), 3), { '/': '60' }],
]);

story('5c: an earlier and lower figure comes in late', [
  [said('/', percent(55), 1), { '/': '55' }],
  [said('/', percent(70), 2), { '/': '70' }],
]);

story(
  '5, a fall is settled by another exact word for its day',
  [
    [said('/', percent(70), 1)],
    [said('/', percent(55), 2), { '/': '55' }],
    [said('/', percent(72), 2), { '/': '72' }],
  ],
  ['fell / 2 settled'],
);

story(
  '5, a fall is not settled by a lower word for its day, nor by time',
  [
    [said('/', percent(70), 1)],
    [said('/', percent(55), 2)],
    [said('/', percent(69), 2), { '/': '69' }],
    [said('/', percent(90), 9), { '/': '90' }],
  ],
  ['fell / 2'],
);

story('6: a vague word leaves low and point where they fit, and a later one opens high', [
  [said('/', percent(40), 1), { '/': '40' }],
  [said('/', word('under-way'), 2), { '/': '40/40/99' }],
  [said('/', word('under-way'), 3), { '/': '40/40/99' }],
  [said('/', word('mostly'), 4), { '/': '51/75/95' }],
  [said('/', word('under-way'), 5), { '/': '51/75/99' }],
]);

story('6, of an item beside others', [
  [plan(a30b70, 1)],
  [said('a', percent(20), 2), { a: '20', '/': '6/6/76' }],
  [said('a', word('partly'), 3), { a: '20/20/50', '/': '6/6/85' }],
  [said('a', word('nearly-done'), 4), { a: '90/95/99', '/': '27/28.5/99.7' }],
]);

story(
  '7: late entries take their place, and the later day counts',
  [
    [said('/', percent(60), 1), { '/': '60' }],
    [said('/', percent(70), 3), { '/': '70' }],
    [said('/', percent(90), 4), { '/': '90' }],
    [said('/', percent(80), 5), { '/': '80' }],
  ],
  ['fell / 5'],
);

story(
  '8: the whole says how far the rest is, until the rest is said',
  [
    [plan([item('a', 60), item('b', 35), item('c', 5)], 1)],
    [done('a', '2018-05-02')],
    [done('b', '2018-05-02'), { '/': '95/95/100' }],
    [said('/', percent(99), 3), { '/': '99', c: '0/80/80' }],
    [said('c', percent(20), 4), { '/': '96', c: '20' }],
  ],
  ['above / 4'],
);

story('9: the total of a part grows and lowers the whole', [
  [plan(a50b50, 1)],
  [said('a', count(80, 100, '户'), 2)],
  [said('/', percent(60), 2), { '/': '60', a: '80' }],
  [said('a', count(100, 160, '户'), 3), { '/': '51.3/51.3/60', a: '62.5' }],
]);

story('9, the total grows by a quantity in another unit', [
  [plan(a50b50, 1)],
  [said('a', quantity('8 km of 10 km'), 2)],
  [said('/', percent(60), 2), { '/': '60', a: '80' }],
  [said('a', quantity('10000 m of 16000 m'), 3), { '/': '51.3/51.3/60', a: '62.5' }],
]);

story(
  '9b: amounts without a total, until a plan gives one',
  [
    [plan([item('a', 1, { measure: 'count' })], 1)],
    [said('a', count(6), 1), { a: '1/1/100', '/': '1/1/100' }],
    [said('a', count(80), 2), { a: '1/1/100' }],
    [said('a', count(200), 3), { a: '1/1/100' }],
    [said('a', count(150), 4), { a: '1/1/100' }],
    [plan([item('a', 1, { measure: 'count', of: 400 })], 5), { a: '37.5', '/': '37.5' }],
  ],
  ['smaller a 4'],
);

story('10: storeys below and above ground are one measure', [
  [plan([item('tower', 1, { measure: 'storeys', of: 18, below: 2 })], 1)],
  [said('tower', storeys(-1), 2), { tower: '5' }],
  [said('tower', storeys(0), 3), { tower: '10' }],
  [said('tower', storeys(3), 4), { tower: '25', '/': '25' }],
  [said('tower', underWay(5), 5), { tower: '30/30/35' }],
]);

story('10, the third floor being poured of 18', [
  [plan([item('tower', 1, { measure: 'storeys' })], 1)],
  [said('tower', underWay(3, 18), 1), { tower: '11.1/11.1/16.7' }],
  [said('tower', storeys(3, 18), 2), { tower: '16.7' }],
]);

story('11: a range after an exact figure', [
  [said('/', range(70, 80), 1), { '/': '70/75/80' }],
  [said('/', percent(75), 2), { '/': '75' }],
  [said('/', range(70, 80), 3), { '/': '75/75/80' }],
  [said('/', percent(85), 4), { '/': '85' }],
]);

story(
  '11, then less',
  [
    [said('/', percent(85), 1), { '/': '85' }],
    [said('/', percent(65), 2), { '/': '65' }],
  ],
  ['fell / 2'],
);

story(
  '12: about half never lowers an exact figure',
  [
    [said('/', percent(48), 1), { '/': '48' }],
    [said('/', range(45, 55, 50), 2), { '/': '48/48/55' }],
    [said('/', percent(58), 3), { '/': '58' }],
    [said('/', range(45, 55, 50), 4), { '/': '58' }],
  ],
  ['fell / 4'],
);

story('13: the whole in June, its parts in May', [
  [plan(a30b70, 1)],
  [said('a', percent(60), 2)],
  [said('b', percent(60), 2), { '/': '60' }],
  [said('/', percent(75), 9), { '/': '75', a: '60', b: '60' }],
]);

story('14: the whole before there is a plan', [
  [said('/', percent(40), 1), { '/': '40' }],
  [plan(a30b70, 2), { '/': '40' }],
  [said('a', percent(50), 3), { '/': '40/40/55', a: '50' }],
]);

story('15: a fence is added, and then as much again', [
  [plan([item('works', 100)], 1)],
  [said('/', percent(75), 2), { '/': '75' }],
  [plan([item('works', 100), item('fence', 1)], 3), { '/': '74.3/74.3/75.2' }],
  [plan([item('works', 100), item('fence', 1), item('second', 101)], 4), { '/': '37.1/37.1/87.6' }],
]);
