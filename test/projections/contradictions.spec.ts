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
  storeys,
  unchanged,
  wan,
  withdrawn,
  word,
} from '../support/entries.js';
import { fold } from '../support/folds.js';

const planDay = '2018-01-01';
const apr30 = '2018-04-30';
const may31 = '2018-05-31';
const june1 = '2018-06-01';
const june30 = '2018-06-30';
const july10 = '2018-07-10';
const aug1 = '2018-08-01';

const registerAt = (asOf: string, entries: Entry[]) =>
  contradictions.view(fold(contradictions, history(...entries)), asOf);

/** Rule and entries of each contradiction; settled ones with the entry that settled them. */
function found(...entries: Entry[]) {
  const { open, settled } = registerAt(aug1, entries);
  return {
    open: open.map((one) => [one.rule, ...one.entries]),
    settled: settled.map((one) => [one.rule, ...one.entries, `by ${one.settledBy}`]),
  };
}

const nothing = { open: [], settled: [] };

describe('money', () => {
  test('money since the start that falls is reported in both languages, with both entries', () => {
    expect(registerAt(aug1, [invested(wan(6_900), may31), invested(wan(6_500), june30)])).toEqual({
      open: [
        {
          id: 'money-fell:e1:e2',
          rule: 'money-fell',
          since: june30,
          entries: ['e1', 'e2'],
          state: 'open',
          askedOf: [{ by: 'inspector-7', entry: 'e2', as: 'inspector' }],
          words: {
            en: 'Money since the start fell: "6,900 万元 invested since the start (basis not stated)" (2018-05-31), but "6,500 万元 invested since the start (basis not stated)" (2018-06-30).',
            zh: '累计完成投资下降：“累计完成投资 6,900 万元（口径未说明）”（2018年5月31日），但“累计完成投资 6,500 万元（口径未说明）”（2018年6月30日）。',
          },
        },
      ],
      explained: [],
      settled: [],
    });
  });

  test('a later rise does not settle a regression, and one regression is found once', () => {
    const entries = [
      invested(wan(100), apr30),
      invested(wan(50), may31),
      invested(wan(60), june30),
      invested(wan(200), july10),
    ];
    expect(found(...entries)).toEqual({ open: [['money-fell', 'e1', 'e2']], settled: [] });
  });

  test('a regression is visible from its day on', () => {
    const entries = [invested(wan(6_900), may31), invested(wan(6_500), june30)];
    expect(registerAt('2018-06-29', entries)).toEqual({ ...nothing, explained: [] });
  });

  test('an earlier figure reported late can cause a regression', () => {
    expect(found(invested(wan(6_500), june30), invested(wan(6_900), may31)).open).toEqual([
      ['money-fell', 'e2', 'e1'],
    ]);
  });

  test.each([
    ['another basis', invested(wan(50), june30, { basis: 'accounting' })],
    ['a month', invested(wan(50), june30, { span: 'month' })],
    ['another currency', invested({ amountMinor: 1, currency: 'USD' }, june30)],
    ['the same figure again', invested(wan(100), june30)],
    ['a lower figure for the same day', invested(wan(50), may31)],
  ])('%s is no regression', (_, second) => {
    expect(found(invested(wan(100), may31), second)).toEqual(nothing);
  });

  test('withdrawing either side settles a regression', () => {
    const entries = [invested(wan(6_900), may31), invested(wan(650), june30)];
    expect(found(...entries, withdrawn('e2', july10))).toEqual({
      open: [],
      settled: [['money-fell', 'e1', 'e2', 'by e3']],
    });
    expect(found(...entries, withdrawn('e1', july10))).toEqual({
      open: [],
      settled: [['money-fell', 'e1', 'e2', 'by e3']],
    });
  });

  test('a figure reported after the other was withdrawn never contradicted it', () => {
    expect(found(invested(wan(6_900), may31), withdrawn('e1', july10), invested(wan(650), june30))).toEqual(
      nothing,
    );
  });

  test('another report for the same day settles a regression', () => {
    expect(
      found(invested(wan(6_900), may31), invested(wan(650), june30), invested(wan(6_950), june30)),
    ).toEqual({
      open: [],
      settled: [['money-fell', 'e1', 'e2', 'by e3']],
    });
    expect(found(invested(wan(6_900), may31), invested(wan(650), june30), invested(wan(600), may31))).toEqual(
      {
        open: [],
        settled: [['money-fell', 'e1', 'e2', 'by e3']],
      },
    );
  });

  test('a report replaced before the other was recorded never contradicted it', () => {
    expect(found(invested(wan(6_900), may31), invested(wan(600), may31), invested(wan(650), june30))).toEqual(
      nothing,
    );
  });

  const plan = planned([item('works', 1)], planDay, { plannedInvestment: wan(1_000) });

  test.each([
    [8000, []],
    [8100, []],
    [7900, []],
    [8101, [['share-differs', 'e2', 'e1']]],
    [5000, [['share-differs', 'e2', 'e1']]],
  ])('800 of 1,000 万元 reported as %i basis points of the plan', (shareOfPlanBasisPoints, open) => {
    expect(found(plan, invested(wan(800), june30, { shareOfPlanBasisPoints }))).toEqual({
      open,
      settled: [],
    });
  });
});

describe('progress', () => {
  test.each([
    ['85 % then 45 %', measured('pipe', percent(85), may31), measured('pipe', percent(45), june30), true],
    [
      '85 % then "mostly", up to 95 %',
      measured('pipe', percent(85), may31),
      measured('pipe', word('mostly'), june30),
      false,
    ],
    [
      '"mostly", at least 51 %, then 50 %',
      measured('pipe', word('mostly'), may31),
      measured('pipe', percent(50), june30),
      true,
    ],
    ['done then 99 %', done('pipe', may31), measured('pipe', percent(99), june30), true],
    ['4 of 5 then 3 of 5', measured('pipe', count(4, 5), may31), measured('pipe', count(3, 5), june30), true],
    ['45 % then 85 %', measured('pipe', percent(45), may31), measured('pipe', percent(85), june30), false],
    [
      '85 % and 45 % on one day',
      measured('pipe', percent(85), may31),
      measured('pipe', percent(45), may31),
      true,
    ],
    [
      '45 % and 85 % on one day',
      measured('pipe', percent(45), may31),
      measured('pipe', percent(85), may31),
      false,
    ],
    [
      'one step done, another not',
      done('pipe/dug', may31),
      measured('pipe/laid', percent(10), june30),
      false,
    ],
    ['one step back', done('pipe/dug', may31), measured('pipe/dug', percent(10), june30), true],
  ])('%s', (_, first, second, isFall) => {
    const open = isFall ? [['progress-fell', 'e1', 'e2']] : [];
    expect(found(first, second)).toEqual({ open, settled: [] });
  });

  test('an item that was done has gone back when a step of it is not', () => {
    const steps = [{ id: 'laid', name: { en: 'laid' }, weight: 1 }];
    const plan = planned([item('pipe', 1, { measure: 'steps', steps })], planDay);
    expect(found(plan, done('pipe', may31), measured('pipe/laid', percent(10), june30)).open).toEqual([
      ['progress-fell', 'e2', 'e3'],
    ]);
  });

  test('a total that grows is no regression if no fewer are done', () => {
    const ten = planned([item('dormitories', 1, { measure: 'count', of: 10 })], may31);
    expect(
      found(measured('dormitories', count(5, 5), apr30), ten, measured('dormitories', count(6, 10), june30)),
    ).toEqual({ open: [], settled: [['denominators-differ', 'e2', 'e1', 'by e3']] });
    expect(
      found(measured('dormitories', count(5, 5), apr30), measured('dormitories', count(4, 10), june30)).open,
    ).toContainEqual(['progress-fell', 'e1', 'e2']);
  });

  test('a vague report in between does not hide a regression', () => {
    const entries = [
      measured('pipe', percent(90), apr30),
      measured('pipe', word('under-way'), may31),
      measured('pipe', percent(45), june30),
    ];
    expect(found(...entries).open).toEqual([['progress-fell', 'e1', 'e3']]);
  });

  test('parts of a completed group do not regress', () => {
    const plan = planned([item('shop', 1), item('roof', 1, { parent: 'shop' })], planDay);
    expect(found(plan, done('shop', may31), measured('roof', percent(50), june30)).open).toEqual([
      ['progress-fell', 'e2', 'e3'],
    ]);
  });
});

describe('before and after', () => {
  const plan = planned(
    [
      item('structure', 1),
      item('columns', 1, { parent: 'structure' }),
      item('roof', 1, { parent: 'structure', measure: 'done' }),
      item('equipment', 1, { after: ['structure'] }),
    ],
    planDay,
  );

  test('equipment installed before the roof is capped', () => {
    const { open } = registerAt(aug1, [
      plan,
      measured('roof', percent(0), may31),
      measured('equipment', percent(80), june30),
    ]);
    expect(open).toEqual([
      {
        id: 'ahead-of-predecessor:e2:e3',
        rule: 'ahead-of-predecessor',
        state: 'open',
        askedOf: [{ by: 'inspector-7', entry: 'e3', as: 'inspector' }],
        since: june30,
        entries: ['e2', 'e3'],
        words: {
          en: 'Further along than what it comes after: "roof: 0 %" (2018-05-31), but "equipment: 80 %" (2018-06-30).',
          zh: '超前于前道工序：“roof：完成 0%”（2018年5月31日），但“equipment：完成 80%”（2018年6月30日）。',
        },
      },
    ]);
  });

  test('equipment no further than the structure may be', () => {
    expect(
      found(plan, measured('roof', percent(0), may31), measured('equipment', percent(50), june30)),
    ).toEqual(nothing);
    expect(found(plan, measured('equipment', percent(100), june30))).toEqual(nothing);
  });

  test('a newer report on the predecessor settles it', () => {
    const entries = [
      plan,
      measured('roof', percent(0), may31),
      measured('equipment', percent(80), june30),
      done('roof', july10),
    ];
    expect(found(...entries)).toEqual({ open: [], settled: [['ahead-of-predecessor', 'e2', 'e3', 'by e4']] });
    expect(registerAt(june30, entries).open.map((one) => one.id)).toEqual(['ahead-of-predecessor:e2:e3']);
  });

  test('a withdrawal settles it', () => {
    const entries = [
      plan,
      measured('roof', percent(0), may31),
      measured('equipment', percent(80), june30),
      withdrawn('e3', july10),
    ];
    expect(found(...entries)).toEqual({ open: [], settled: [['ahead-of-predecessor', 'e2', 'e3', 'by e4']] });
  });

  test('a completed group settles the contradictions of its parts', () => {
    const shop = planned(
      [item('shop', 1), item('roof', 1, { parent: 'shop' }), item('crane', 1, { after: ['roof'] })],
      planDay,
    );
    const entries = [measured('roof', percent(0), may31), measured('crane', percent(80), june30)];
    expect(found(shop, ...entries, done('shop', july10))).toEqual({
      open: [],
      settled: [['ahead-of-predecessor', 'e2', 'e3', 'by e4']],
    });
  });

  test('a figure for the group holds until one of its parts is reported', () => {
    expect(
      found(plan, measured('structure', percent(60), may31), measured('equipment', percent(80), june30)).open,
    ).toEqual([['ahead-of-predecessor', 'e2', 'e3']]);
    expect(
      found(
        plan,
        measured('structure', percent(60), apr30),
        done('roof', may31),
        measured('equipment', percent(80), june30),
      ),
    ).toEqual(nothing);
  });

  test('built states all works, so nothing is ahead', () => {
    expect(
      found(
        plan,
        measured('roof', percent(0), apr30),
        entered('built', may31),
        measured('equipment', percent(80), june30),
      ).open,
    ).toEqual([['built-but-unfinished', 'e3', 'e4']]);
  });
});

describe('no progress', () => {
  const june = stalled({ from: june1, to: june30 }, june30);

  test('no progress in June and figures for June are one contradiction with all of them', () => {
    const entries = [
      measured('greening', percent(55), may31),
      measured('pipe', percent(60), may31),
      invested(wan(5_000), may31),
      measured('pipe', percent(85), june30),
      done('roof', june30),
      measured('greening', percent(55), june30),
      invested(wan(6_900), june30),
      june,
    ];
    expect(registerAt(aug1, entries).open).toEqual([
      {
        id: 'no-progress-but-rose:e8',
        rule: 'no-progress-but-rose',
        state: 'open',
        askedOf: [{ by: 'inspector-7', entry: 'e8', as: 'inspector' }],
        since: june30,
        entries: ['e8', 'e4', 'e5', 'e7'],
        words: {
          en: 'No progress, yet figures rose: "Was stalled (works): financing, in June 2018" (2018-06-30), but "pipe: 85 %" (2018-06-30), "roof done" (2018-06-30), "6,900 万元 invested since the start (basis not stated)" (2018-06-30).',
          zh: '申报无进展期间仍有数据上升：“停工：融资，2018年6月”（2018年6月30日），但“pipe：完成 85%”（2018年6月30日）、“roof完成”（2018年6月30日）、“累计完成投资 6,900 万元（口径未说明）”（2018年6月30日）。',
        },
      },
    ]);
  });

  test('up to three figures are named and the others counted', () => {
    const figures = ['a', 'b', 'c', 'd', 'e'].map((name) => done(name, june30));
    const [one] = registerAt(aug1, [june, ...figures]).open;
    expect([
      one?.entries.length,
      one?.words.en.endsWith(', 2 more.'),
      one?.words.zh.endsWith('、另有 2 条。'),
    ]).toEqual([6, true, true]);
  });

  test('of many figures the first twenty entries are named and the others counted', () => {
    const figures = Array.from({ length: 50 }, (_, index) => done(`item-${index}`, june30));
    const [one] = registerAt(aug1, [june, ...figures]).open;
    expect([one?.entries.length, one?.moreEntries, one?.words.en.endsWith(', 47 more.')]).toEqual([
      21,
      30,
      true,
    ]);
  });

  test.each([
    ['a figure before the stall', [done('roof', may31)], false],
    ['a figure after the days it covers', [done('roof', july10)], false],
    ['0 %, which is no rise', [measured('roof', percent(0), june30)], false],
    ['money of the month', [invested(wan(1), june30, { span: 'month' })], true],
    [
      'the same level of the year again',
      [invested(wan(1), may31, { span: 'year' }), invested(wan(1), june30, { span: 'year' })],
      false,
    ],
  ])('%s', (_, figures, isContradiction) => {
    expect(found(june, ...figures).open.length).toBe(isContradiction ? 1 : 0);
  });

  test.each([
    ['a percentage', measured('roof', percent(60), june30)],
    ['a number of buildings', measured('roof', count(3, 5), june30)],
    ['storeys', measured('roof', storeys(6, 18), june30)],
    ['a word', measured('roof', word('mostly'), june30)],
    ['piles without a total', measured('roof', count(80), june30)],
    ['money since the start', invested(wan(6_900), june30)],
    ['money of the year', invested(wan(6_900), june30, { span: 'year' })],
    ['a milestone at the end of a period', done('roof', june30, { precision: 'period-end' })],
    ['a milestone whose day was inferred', done('roof', june30, { isInferred: true })],
  ])('the first level that is ever reported is no rise: %s', (_, first) => {
    expect(found(june, first)).toEqual(nothing);
  });

  test.each([
    ['a percentage', percent(50), percent(60)],
    ['from zero', percent(0), percent(10)],
    ['more of as many', count(3, 5), count(4, 5)],
    ['more of a larger total, though the share fell', count(80, 100), count(100, 160)],
    ['more without a total', count(80), count(200)],
    ['storeys', storeys(6, 18), storeys(9, 18)],
  ])('a larger level or amount than before is a rise: %s', (_, before, now) => {
    expect(found(june, measured('roof', before, may31), measured('roof', now, june30)).open).toEqual([
      ['no-progress-but-rose', 'e1', 'e3'],
    ]);
  });

  test.each([
    ['the same word', word('mostly'), word('mostly')],
    ['the same amount of a larger total', count(80, 100), count(80, 160)],
    ['the same percentage', percent(50), percent(50)],
  ])('what was reported again is no rise: %s', (_, before, now) => {
    expect(found(june, measured('roof', before, may31), measured('roof', now, june30))).toEqual(nothing);
  });

  test('a stall without an end covers every day until it is cleared', () => {
    const open = stalled({ stall: 'land', cause: 'land', from: june1 }, june1);
    expect(found(open, done('roof', july10)).open).toEqual([['no-progress-but-rose', 'e1', 'e2']]);
    expect(found(open, cleared('land', july10), done('roof', july10))).toEqual(nothing);
  });

  test('a figure of the first day may be about earlier work, unless the period is that day', () => {
    const seen = [measured('roof', percent(30), may31), measured('roof', percent(60), june30)];
    expect(found(...seen, stalled({ from: june30 }, june30))).toEqual(nothing);
    expect(found(...seen, unchanged(june30, july10))).toEqual(nothing);
    expect(found(...seen, unchanged(june30, june30)).open).toEqual([['no-progress-but-rose', 'e3', 'e2']]);
  });

  test('a stall of production or staffing does not contradict works', () => {
    expect(
      found(stalled({ blocks: ['staffing', 'production'], from: june1 }, june1), done('roof', june30)),
    ).toEqual(nothing);
  });

  test('a report of no change contradicts figures of its days', () => {
    expect(found(unchanged(june1, june30), done('roof', june30)).open).toEqual([
      ['no-progress-but-rose', 'e1', 'e2'],
    ]);
  });

  test('withdrawing one of two figures leaves it open, withdrawing both settles it', () => {
    const entries = [june, done('roof', june30), done('floor', june30), withdrawn('e2', july10)];
    expect(found(...entries)).toEqual({ open: [['no-progress-but-rose', 'e1', 'e3']], settled: [] });
    expect(found(...entries, withdrawn('e3', july10))).toEqual({
      open: [],
      settled: [['no-progress-but-rose', 'e1', 'e3', 'by e5']],
    });
  });

  test('withdrawing the stall settles it', () => {
    expect(found(june, done('roof', june30), withdrawn('e1', july10))).toEqual({
      open: [],
      settled: [['no-progress-but-rose', 'e1', 'e2', 'by e3']],
    });
  });
});

describe('production', () => {
  const licence = stalled({ stall: 'licence', cause: 'licence', blocks: ['production'], from: june1 }, june1);
  const plan = planned([item('trial', 1, { measure: 'done', stage: 'trial-production' })], planDay);

  test.each([
    ['trial production', entered('trial-production', june30), true],
    ['production', entered('in-production', june30), true],
    ['the item of trial production done', done('trial', june30), true],
    ['trial production half done', measured('trial', percent(50), june30), false],
    ['built', entered('built', june30), false],
    ['production before the stall', entered('in-production', may31), false],
  ])('without the licence: %s', (_, said, isContradiction) => {
    expect(found(plan, licence, said)).toEqual({
      open: isContradiction ? [['produced-while-blocked', 'e2', 'e3']] : [],
      settled: [],
    });
  });

  test('a trial that ran before the licence was missing may be repeated', () => {
    const again = [done('trial', june30), measured('trial', percent(100), july10)];
    expect(found(plan, done('trial', may31), licence, ...again)).toEqual(nothing);
    expect(found(plan, licence, ...again).open).toEqual([['produced-while-blocked', 'e2', 'e3']]);
  });

  test('everything produced without a licence contradicts it once', () => {
    const entries = [plan, licence, done('trial', june30), entered('in-production', july10)];
    expect(found(...entries).open).toEqual([['produced-while-blocked', 'e2', 'e3', 'e4']]);
    expect(found(...entries, withdrawn('e3', aug1)).open).toEqual([['produced-while-blocked', 'e2', 'e4']]);
    expect(found(...entries, withdrawn('e3', aug1), withdrawn('e4', aug1))).toEqual({
      open: [],
      settled: [['produced-while-blocked', 'e2', 'e4', 'by e6']],
    });
  });

  test('once the licence is granted there is no contradiction', () => {
    expect(found(licence, cleared('licence', june30), entered('in-production', june30))).toEqual(nothing);
  });
});

describe('stages', () => {
  test.each([
    ['built', 'started', true],
    ['in-production', 'trial-production', true],
    ['accepted', 'built', true],
    ['cancelled', 'started', true],
    ['started', 'built', false],
    ['accepted', 'in-production', false],
    ['in-production', 'accepted', false],
    ['built', 'suspended', false],
    ['suspended', 'contracted', false],
    ['started', 'contracted', false],
    ['built', 'contracted', true],
  ] as const)('%s, later %s', (first, second, isBackwards) => {
    expect(found(entered(first, may31), entered(second, june30))).toEqual({
      open: isBackwards ? [['stage-backwards', 'e1', 'e2']] : [],
      settled: [],
    });
  });

  const plan = planned([item('roof', 1), item('trial', 1, { stage: 'trial-production' })], planDay);

  test('built, and the roof is not done on that day or later', () => {
    expect(found(plan, measured('roof', percent(80), june30), entered('built', june30)).open).toEqual([
      ['built-but-unfinished', 'e3', 'e2'],
    ]);
    expect(found(plan, entered('built', may31), measured('roof', word('nearly-done'), june30)).open).toEqual([
      ['built-but-unfinished', 'e2', 'e3'],
    ]);
  });

  test('unfinished before it was built is no contradiction, and neither is an unfinished trial', () => {
    expect(
      found(
        plan,
        measured('roof', percent(80), may31),
        entered('built', june30),
        measured('trial', percent(10), july10),
      ),
    ).toEqual(nothing);
  });

  test('a newer report that it is done settles it', () => {
    expect(
      found(plan, entered('built', may31), measured('roof', percent(80), june30), done('roof', july10)),
    ).toEqual({
      open: [],
      settled: [['built-but-unfinished', 'e2', 'e3', 'by e4']],
    });
    expect(
      found(plan, entered('built', may31), measured('roof', percent(80), june30), entered('built', july10))
        .settled,
    ).toEqual([['built-but-unfinished', 'e2', 'e3', 'by e4']]);
  });
});

describe('plan and reports', () => {
  const five = planned([item('dormitories', 1, { measure: 'count', of: 5 })], planDay);
  const six = planned([item('dormitories', 1, { measure: 'count', of: 6 })], july10, { version: 2 });

  test('a total that is not the plan’s is reported with the plan’s', () => {
    const { open } = registerAt(aug1, [five, measured('dormitories', count(3, 6), june30)]);
    expect(open.map((one) => [one.rule, one.entries, one.words.en])).toEqual([
      [
        'denominators-differ',
        ['e1', 'e2'],
        'Totals differ: the plan says 5 in all, but "dormitories: 3 of 6" (2018-06-30).',
      ],
    ]);
  });

  test('more done than planned', () => {
    expect(found(five, measured('dormitories', count(6), june30)).open).toEqual([
      ['denominators-differ', 'e1', 'e2'],
    ]);
    expect(found(five, measured('dormitories', count(5), june30))).toEqual(nothing);
  });

  test('without a plan totals are compared with the first reported one', () => {
    const entries = [
      measured('frame', storeys(2, 8), may31),
      measured('frame', storeys(3), june1),
      measured('frame', storeys(4, 7), june30),
    ];
    expect(found(...entries).open).toEqual([['denominators-differ', 'e1', 'e3']]);
  });

  test('a larger total with as much done or more is scope that grew', () => {
    expect(
      found(
        measured('households', count(80, 100), may31),
        measured('households', count(100, 160), june30),
        measured('households', count(120, 160), july10),
      ),
    ).toEqual(nothing);
    expect(
      found(five, measured('dormitories', count(4), may31), measured('dormitories', count(4, 6), june30)),
    ).toEqual(nothing);
  });

  test('a newer report or a new plan with the same total settles it', () => {
    expect(
      found(five, measured('dormitories', count(3, 6), june30), measured('dormitories', count(3, 5), july10))
        .settled,
    ).toEqual([['denominators-differ', 'e1', 'e2', 'by e3']]);
    expect(found(five, measured('dormitories', count(3, 6), june30), six).settled).toEqual([
      ['denominators-differ', 'e1', 'e2', 'by e3'],
    ]);
  });

  test('a new plan does not make an old report wrong', () => {
    expect(found(five, measured('dormitories', count(3, 5), june30), six)).toEqual(nothing);
  });

  test('a first plan shows which earlier reports differ', () => {
    expect(found(measured('dormitories', count(3, 5), june30), six).open).toEqual([
      ['denominators-differ', 'e2', 'e1'],
    ]);
  });

  const steps = [{ id: 'installed', name: { en: 'installed' }, weight: 1 }];

  test('an unplanned step is listed until a plan names it', () => {
    const bare = planned([item('boiler', 1)], planDay);
    const stepped = planned([item('boiler', 1, { measure: 'steps', steps })], july10, { version: 2 });
    expect(found(bare, done('boiler/installed', june30)).open).toEqual([['unknown-step', 'e2', 'e1']]);
    expect(found(bare, done('boiler/installed', june30), stepped)).toEqual({
      open: [],
      settled: [['unknown-step', 'e2', 'e1', 'by e3']],
    });
  });

  test('a step of an unplanned item is ignored', () => {
    expect(found(planned([item('roof', 1)], planDay), done('boiler/installed', june30))).toEqual(nothing);
  });
});

test('a correction settles the contradictions of its entry and may cause another', () => {
  const entries = [
    measured('pipe', percent(85), may31),
    measured('pipe', percent(8.5), june30),
    withdrawn('e2', july10, 'decimal point'),
    measured('pipe', percent(80), june30, { corrects: 'e2' }),
  ];
  expect(found(...entries)).toEqual({
    open: [['progress-fell', 'e1', 'e4']],
    settled: [['progress-fell', 'e1', 'e2', 'by e3']],
  });
});
