import { describe, expect, test } from '@jest/globals';
import { contradictions } from '../../projections/contradictions/contradictions.js';
import {
  cleared,
  count,
  done,
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

const equipment = (...steps: string[]) =>
  item('equipment', 1, {
    measure: 'steps',
    steps: steps.map((id) => ({ id, name: { en: id }, weight: 1 })),
  });

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
    [
      'a stall declared twice, by the end of the first before the second',
      [stalled({}, june1), stalled({ stall: 'money-2' }, june30)],
      'stall-declared-twice b a',
      cleared('money', june15),
    ],
    [
      'an item ahead of its predecessor, by a report that the predecessor was done before',
      [plan, measured('site', percent(20), may31), measured('roof', percent(60), june30)],
      'ahead-of-predecessor b c',
      done('site', june15),
    ],
    [
      'a figure that rose during a stall, by the same figure for a day before the stall',
      [
        plan,
        measured('roof', percent(40), planDay),
        stalled({}, june1),
        measured('roof', percent(60), june30),
      ],
      'no-progress-but-rose c d',
      measured('roof', percent(60), may31),
    ],
    [
      'a total that differs from that of the plan, by a plan for an earlier day with that total',
      [
        planned([item('roof', 1, { measure: 'count', of: 5 })], planDay),
        measured('roof', count(2, 8), june30),
      ],
      'denominators-differ a b',
      planned([item('roof', 1, { measure: 'count', of: 8 })], may31, { version: 2 }),
    ],
    [
      'a step that the plan does not name, by a plan for an earlier day that names it',
      [planned([equipment('delivered')], planDay), measured('equipment/wired', percent(50), june30)],
      'unknown-step b a',
      planned([equipment('delivered', 'wired')], may31, { version: 2 }),
    ],
    [
      'a month above its year, by a higher figure of the year for an earlier day',
      [
        invested(wan(100), may31, { span: 'year' }),
        invested(wan(130), june30, { span: 'month', period: '2018-05' }),
      ],
      'parts-exceed a b',
      invested(wan(150), '2018-06-20', { span: 'year' }),
    ],
    [
      'a share that differs from the one computed, by a plan for an earlier day with another amount',
      [
        planned([item('roof', 1)], planDay, { plannedInvestment: wan(1000) }),
        invested(wan(500), june30, { shareOfPlanBasisPoints: 2500 }),
      ],
      'share-differs b a',
      planned([item('roof', 1)], may31, { version: 2, plannedInvestment: wan(2000) }),
    ],
    [
      'built although a work is open, by a report for an earlier day that it was done',
      [plan, entered('built', june1), measured('roof', percent(60), june30)],
      'built-but-unfinished b c',
      planned([item('site', 1), item('roof', 1, { stage: 'in-use' })], may31, { version: 2 }),
    ],
  ])('%s', (_, before, contradiction, fit) => {
    expect(register(...before).open).toEqual([contradiction]);
    const { open, settled } = register(...before, fit);
    expect(open).toEqual([]);
    expect(settled).toEqual([`${contradiction} by ${String.fromCharCode(97 + before.length)}`]);
  });

  test('a fall that a figure between its days only divides is open in its new sides, and not listed as settled', () => {
    const figures = [invested(wan(900), may31), invested(wan(800), june30), invested(wan(850), june15)];
    expect(register(...figures)).toEqual({ open: ['money-fell a c', 'money-fell c b'], settled: [] });
  });

  test('it is settled by the first of several entries that make it fit, and by the next one once that is withdrawn', () => {
    const ahead = [plan, measured('site', percent(20), may31), measured('roof', percent(60), june30)];
    const fits = [measured('site', percent(30), june1), done('site', june15), done('site', '2018-06-20')];
    const contradiction = 'ahead-of-predecessor b c';
    expect(register(...ahead, ...fits).settled).toEqual([`${contradiction} by e`]);
    expect(register(...ahead, ...fits, withdrawn('e', july10)).settled).toEqual([`${contradiction} by f`]);
  });

  test('a side that was entered late itself is listed once a further late entry makes it fit', () => {
    const ahead = [plan, measured('roof', percent(60), june30), measured('site', percent(20), may31)];
    expect(register(...ahead).open).toEqual(['ahead-of-predecessor c b']);
    expect(register(...ahead, done('site', june15))).toEqual({
      open: [],
      settled: ['ahead-of-predecessor c b by d'],
    });
  });

  test('what settled it before still settles it', () => {
    const ahead = [plan, measured('site', percent(20), may31), measured('roof', percent(60), june15)];
    const { settled } = register(...ahead, done('site', june30), done('site', june1));
    expect(settled).toEqual(['ahead-of-predecessor b c by d']);
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
