import { describe, expect, test } from '@jest/globals';
import { contradictions } from '../../projections/contradictions/contradictions.js';
import {
  cleared,
  type Entry,
  entered,
  history,
  invested,
  item,
  measured,
  percent,
  planned,
  stalled,
  wan,
  withdrawn,
} from '../support/entries.js';
import { fold } from '../support/folds.js';

const planDay = '2018-01-01';
const may31 = '2018-05-31';
const june1 = '2018-06-01';
const june15 = '2018-06-15';
const june30 = '2018-06-30';
const july10 = '2018-07-10';

const plan = planned([item('site', 1), item('roof', 1, { after: ['site'] })], planDay);

/** The register of entries that are recorded in this order, each with an id of its own: a, b, c ... */
function register(...entries: Entry[]) {
  const events = history(...entries.map((entry, at) => ({ id: String.fromCharCode(97 + at), ...entry })));
  const { open, settled } = contradictions.view(fold(contradictions, events), july10);
  return {
    open: open.map(({ rule, entries: sides }) => [rule, ...sides].join(' ')),
    settled: settled.map(({ rule, entries: sides, settledBy }) =>
      [rule, ...sides, `by ${settledBy}`].join(' '),
    ),
  };
}

describe('what an entry for an earlier day makes fit stays listed, settled by that entry', () => {
  test.each<[string, Entry[], string, Entry]>([
    [
      'a resumption, by the suspension for its own day',
      [entered('resumed', june30)],
      'resumed-but-not-suspended a',
      entered('suspended', june1),
    ],
    [
      'progress during a stall, by the end of the stall before it',
      [plan, measured('roof', percent(40), may31), stalled({}, june1), measured('roof', percent(60), june30)],
      'no-progress-but-rose c d',
      cleared('money', june15),
    ],
    [
      'production while it is blocked, by the end of the stall before it',
      [
        stalled({ blocks: ['production'], cause: 'licence', stall: 'money' }, june1),
        entered('in-production', june30),
      ],
      'produced-while-blocked a b',
      cleared('money', june15),
    ],
    [
      'a stage during a stall, by the end of the stall before it',
      [stalled({}, june1), entered('started', june30)],
      'no-progress-but-stage a b',
      cleared('money', june15),
    ],
  ])('%s', (_, before, contradiction, fit) => {
    expect(register(...before).open).toEqual([contradiction]);
    const { open, settled } = register(...before, fit);
    expect(open).toEqual([]);
    expect(settled).toEqual([`${contradiction} by ${String.fromCharCode(97 + before.length)}`]);
  });

  test('it is open again once that entry is withdrawn', () => {
    const entries = [entered('resumed', june30), entered('suspended', june1), withdrawn('b', july10)];
    expect(register(...entries).open).toEqual(['resumed-but-not-suspended a']);
  });

  test('it stays settled by that entry once one side is withdrawn', () => {
    const figures = [900, 800, 950].map((amount, at) =>
      invested(wan(amount), at === 0 ? may31 : june30, { span: 'year' }),
    );
    const settled = ['year-money-fell a b by c'];
    expect(register(...figures)).toEqual({ open: [], settled });
    expect(register(...figures, withdrawn('a', july10))).toEqual({ open: [], settled });
  });

  test('an entry for the earlier day that was there before leaves nothing to settle', () => {
    expect(register(entered('suspended', june1), entered('resumed', june30))).toEqual({
      open: [],
      settled: [],
    });
  });
});
