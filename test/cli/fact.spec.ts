import { describe, expect, test } from '@jest/globals';
import { facts } from '../../domain/project/facts/facts.js';
import { Failure } from '../../src/cli/client/failure.js';
import { factStated } from '../../src/cli/input/fact.js';
import { type TypedOptions, waysOf } from '../../src/cli/input/fact-options.js';

const ways = waysOf(facts);
const stated = (item: string | undefined, typed: TypedOptions) => factStated(ways, item, typed);

describe('What is said on the command line becomes one entry', () => {
  const said: [string, string | undefined, TypedOptions, object][] = [
    ['the roof is done', 'roof', { done: true }, { type: 'MilestoneReached', item: 'roof' }],
    [
      'a step of the equipment is done',
      'equipment',
      { done: true, step: 'installed' },
      { type: 'MilestoneReached', item: 'equipment', step: 'installed' },
    ],
    [
      'the rain pipe is laid to 85 %',
      'rain-pipe',
      { percent: '85' },
      { type: 'ProgressMeasured', item: 'rain-pipe', measure: { kind: 'percent', percent: 85 } },
    ],
    [
      'a percentage may have decimals and its sign',
      'sewer',
      { percent: '45.5 %' },
      { type: 'ProgressMeasured', item: 'sewer', measure: { kind: 'percent', percent: 45.5 } },
    ],
    [
      'three of five dormitories are capped',
      'dormitories',
      { count: '3/5', unit: '幢' },
      {
        type: 'ProgressMeasured',
        item: 'dormitories',
        measure: { kind: 'count', done: 3, of: 5, unit: '幢' },
      },
    ],
    [
      'five foundations are done, of nobody knows how many',
      'foundations',
      { count: '5' },
      { type: 'ProgressMeasured', item: 'foundations', measure: { kind: 'count', done: 5 } },
    ],
    [
      'the frame is poured to the second of six floors',
      'office',
      { storey: '2/6' },
      { type: 'ProgressMeasured', item: 'office', measure: { kind: 'storeys', reached: 2, of: 6 } },
    ],
    [
      'the third floor is being poured',
      'office',
      { storey: '3/18', below: '2', 'under-way': true },
      {
        type: 'ProgressMeasured',
        item: 'office',
        measure: { kind: 'storeys', reached: 3, of: 18, below: 2, isUnderWay: true },
      },
    ],
    [
      'the basement is up to its first level',
      'office',
      { storey: '-1' },
      { type: 'ProgressMeasured', item: 'office', measure: { kind: 'storeys', reached: -1 } },
    ],
    [
      'an amount and its total have their own units',
      'road',
      { quantity: '7400米', of: '12公里' },
      {
        type: 'ProgressMeasured',
        item: 'road',
        measure: { kind: 'quantity', done: '7400米', of: '12公里' },
      },
    ],
    [
      'an amount may have its unit beside it',
      'piles',
      { quantity: '2.95万', unit: '根' },
      { type: 'ProgressMeasured', item: 'piles', measure: { kind: 'quantity', done: '2.95万', unit: '根' } },
    ],
    [
      'so much of so much is read by the service',
      'road',
      { quantity: '7.4 of 12.6 km' },
      { type: 'ProgressMeasured', item: 'road', measure: { kind: 'quantity', said: '7.4 of 12.6 km' } },
    ],
    [
      'a percentage may be a range',
      'road',
      { percent: '70-80' },
      { type: 'ProgressMeasured', item: 'road', measure: { kind: 'range', said: '70-80' } },
    ],
    [
      'a percentage may be about right',
      'road',
      { percent: '约70%' },
      { type: 'ProgressMeasured', item: 'road', measure: { kind: 'range', said: '约70%' } },
    ],
    [
      'the whole project is measured without an item',
      undefined,
      { percent: '40' },
      { type: 'ProgressMeasured', measure: { kind: 'percent', percent: 40 } },
    ],
    [
      'it was measured again and is less',
      'road',
      { percent: '55', 're-measured': true },
      {
        type: 'ProgressMeasured',
        item: 'road',
        measure: { kind: 'percent', percent: 55 },
        change: 're-measured',
      },
    ],
    [
      'work was torn down',
      'wall',
      { count: '2', undone: true },
      { type: 'ProgressMeasured', item: 'wall', measure: { kind: 'count', done: 2 }, change: 'undone' },
    ],
    [
      'words stay as they were said',
      'roads',
      { word: '基本完成' },
      { type: 'ProgressMeasured', item: 'roads', measure: { kind: 'word', said: '基本完成' } },
    ],
    [
      'words that no lexicon has are said with what they mean',
      'roads',
      { word: '差不多了', means: 'nearly-done' },
      {
        type: 'ProgressMeasured',
        item: 'roads',
        measure: { kind: 'word', said: '差不多了', word: 'nearly-done' },
      },
    ],
    [
      'money is said in its unit, and since the start when nothing else is said',
      undefined,
      { money: '6,900万元' },
      {
        type: 'InvestmentReported',
        amount: '6,900万元',
        span: 'since-start',
        basis: 'unknown',
      },
    ],
    [
      'money of a year by the accounts, with its share of the plan',
      undefined,
      { money: '0.85 亿元', span: 'year', basis: 'accounting', share: '80' },
      {
        type: 'InvestmentReported',
        amount: '0.85 亿元',
        span: 'year',
        basis: 'accounting',
        shareOfPlan: 80,
      },
    ],
    [
      'money of an item in the second quarter, by the statistics',
      'roof',
      { money: '3-4亿元', span: 'quarter', period: '2018-Q2', basis: 'statistics' },
      {
        type: 'InvestmentReported',
        item: 'roof',
        amount: '3-4亿元',
        span: 'quarter',
        period: '2018-Q2',
        basis: 'statistics',
      },
    ],
    [
      'only a share of the annual plan',
      undefined,
      { money: '-', span: 'year', 'annual-share': '52' },
      { type: 'InvestmentReported', span: 'year', basis: 'unknown', shareOfAnnualPlan: 52 },
    ],
    [
      'money paid out',
      undefined,
      { paid: '$1.2 million' },
      { type: 'MoneyReported', kind: 'paid', amount: '$1.2 million', span: 'since-start' },
    ],
    [
      'funds in place from a bond',
      undefined,
      { funds: '8,000万元', 'funds-from': 'bond' },
      { type: 'MoneyReported', kind: 'funds', amount: '8,000万元', span: 'since-start', fundsFrom: 'bond' },
    ],
    [
      'a change order of an item',
      'roof',
      { 'change-order': '120万', reference: 'V-3', effect: 'decrease' },
      {
        type: 'MoneyReported',
        item: 'roof',
        kind: 'change-order',
        amount: '120万',
        span: 'since-start',
        reference: 'V-3',
        effect: 'decrease',
      },
    ],
    [
      'production is expected next March',
      undefined,
      { forecast: '2019-03', target: 'production', reason: 'no licence' },
      {
        type: 'ForecastGiven',
        target: 'production',
        when: '2019-03',
        reason: 'no licence',
      },
    ],
    ['it is built', undefined, { stage: 'built' }, { type: 'StageEntered', stage: 'built' }],
    ['it moves again', undefined, { resumed: 'financing' }, { type: 'StallCleared', stall: 'financing' }],
  ];
  test.each(said)('%s', (_, item, options, body) => {
    expect(stated(item, options)).toEqual({ body });
  });

  test('a month without change is told of at its last day', () => {
    expect(stated(undefined, { 'no-change': '2018-06' })).toEqual({
      body: { type: 'NoChangeReported', from: '2018-06-01', to: '2018-06-30' },
      day: '2018-06-30',
    });
  });

  test('a stall may be said by its cause alone', () => {
    expect(stated(undefined, { stall: 'financing' })).toEqual({
      body: { type: 'StallDeclared', cause: 'financing' },
    });
  });

  test('one item may be stalled, for an unknown cause and until an expected day', () => {
    expect(stated('roof', { stall: 'unknown', until: '2018-09-30' })).toEqual({
      body: { type: 'StallDeclared', item: 'roof', cause: 'unknown', expectedEnd: '2018-09-30' },
    });
  });

  test('a stall keeps the given id and days', () => {
    const options = {
      stall: 'labour',
      blocks: ['works', 'staffing'],
      from: '2018-06',
      to: '2018-06',
      'stall-id': 'crew',
    };
    expect(stated(undefined, options)).toEqual({
      body: {
        type: 'StallDeclared',
        cause: 'labour',
        blocks: ['works', 'staffing'],
        stall: 'crew',
        from: '2018-06-01',
        to: '2018-06-30',
      },
      day: '2018-06-30',
    });
  });

  test('nothing said is nothing', () => {
    expect(stated(undefined, {})).toBeUndefined();
  });
});

describe('What is invalid is refused with what was expected', () => {
  const refused: [string, string | undefined, TypedOptions, string][] = [
    [
      'two facts in one entry',
      'roof',
      { done: true, percent: '80' },
      '--done and --percent in one entry; expected one of them, and an entry for each.',
    ],
    ['an item of which nothing is said', 'roof', {}, 'Nothing is said about "roof"; expected one of --done'],
    [
      'done without an item',
      undefined,
      { done: true },
      '--done is said about an item; expected topout log PROJECT ITEM --done.',
    ],
    [
      'money without a unit',
      undefined,
      { money: '6900' },
      '--money "6900": expected a unit and a currency with it, such as 1,200万元, 1,200元 or USD 1,200.',
    ],
    [
      'a percentage in words',
      'roof',
      { percent: 'half' },
      '--percent "half": expected a number of percent such as 85, 62.5, 70-80 or 约70%.',
    ],
    [
      'an amount without a number',
      'road',
      { quantity: 'a lot' },
      '--quantity "a lot": expected an amount such as 7400, 7,400 米 or 2.95万块',
    ],
    [
      'measured again and undone',
      'road',
      { percent: '5', 're-measured': true, undone: true },
      '--re-measured and --undone in one entry; expected one of them.',
    ],
    [
      'a total of nothing',
      'road',
      { percent: '5', of: '12公里' },
      '--of says nothing by itself; expected it beside --quantity.',
    ],
    [
      'half a dormitory',
      'dormitories',
      { count: '2.5/5' },
      '--count "2.5/5": expected a whole number such as 3, or 3/5 for three of five.',
    ],
    [
      'a cause of nothing',
      undefined,
      { blocks: ['works'] },
      '--blocks says nothing by itself; expected it beside --stall.',
    ],
    [
      'a basis without money',
      'roof',
      { done: true, basis: 'accounting' },
      '--basis says nothing by itself; expected it beside --money.',
    ],
  ];
  test.each(refused)('%s', (_, item, options, sentence) => {
    const said = () => stated(item, options);
    expect(said).toThrow(Failure);
    expect(said).toThrow(sentence);
  });
});
