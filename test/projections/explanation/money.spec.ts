import { expect, test } from '@jest/globals';
import { defaultRules } from '../../../domain/governance/rules.js';
import { explain, explainable } from '../../../projections/explanation/explain.js';
import { numberWords } from '../../../projections/explanation/number-words.js';
import { foldProject } from '../../../projections/project/project.js';
import {
  history,
  invested,
  investedShare,
  item,
  measured,
  percent,
  planned,
  wan,
} from '../../support/entries.js';
import { type ComparedExplanations, compareProject } from '../../support/explained.js';

const dates = { plannedStart: '2018-01-01', plannedFinish: '2018-12-31' };
const plan = planned(
  [
    item('roof', 60, { ...dates, plannedCost: wan(700) }),
    item('gate', 25, { ...dates, plannedStart: '2018-06-01', plannedCost: wan(211) }),
    item('yard', 15, { plannedFinish: '2018-09-30', plannedCost: wan(89) }),
  ],
  '2018-01-01',
  {
    plannedInvestment: wan(3_000),
    annualPlans: [
      {
        year: 2018,
        investment: wan(1_000),
        months: [3, 1, 2, 6].map((month) => ({ month, investment: wan(70 + month) })),
      },
      { year: 2019, investment: wan(2_000) },
    ],
  },
);
const events = history(
  plan,
  invested(wan(60), '2018-01-31', { basis: 'accounting', span: 'year' }),
  measured('roof', percent(33), '2018-02-20'),
  invested(wan(130), '2018-02-28', { basis: 'accounting', span: 'year' }),
  invested(wan(75), '2018-03-31', { basis: 'accounting', span: 'month' }),
  measured('gate', percent(7), '2018-06-20'),
  invested(wan(450), '2018-06-30', { basis: 'accounting', shareOfPlanBasisPoints: 1_437 }),
  investedShare({ span: 'year', shareOfAnnualPlanBasisPoints: 1_234, basis: 'physical' }, '2019-03-31'),
);

const days = [
  '2018-01-01',
  '2018-01-31',
  '2018-02-28',
  '2018-03-31',
  '2018-06-30',
  '2018-10-01',
  '2019-06-30',
];

test('every figure of money and of earned value equals its explanation', () => {
  const found: ComparedExplanations = { moments: 0, figures: 0, nodes: 0, carried: 0, mismatches: [] };
  for (const asOf of days) compareProject({ project: 'huaao-2', events, knownAt: Infinity, asOf }, found);
  expect(found.mismatches).toEqual([]);
  const state = foldProject(events);
  const named = days.flatMap((asOf) => explainable({ state, asOf, lexiconVersion: 2, rules: defaultRules }));
  expect(named).toEqual(
    expect.arrayContaining([
      ...['budget', 'planned-value', 'earned-value', 'actual-cost', 'spi', 'cpi'],
      ...['planned-investment', 'implied-investment', 'annual-plan', 'annual-invested'],
      ...[
        'month-target:2018-02',
        'target-so-far:2018-06',
        'month-invested:2018-02',
        'month-invested:2018-03',
      ],
    ]),
  );
});

test.each([
  [
    'month-invested:2018-02',
    [
      'Invested in 2018-02: 70 万元',
      'Invested (by the accounts, 2018): 130 万元',
      'Invested (by the accounts, 2018): 60 万元',
    ],
  ],
  [
    'target-so-far:2018-03',
    [
      'Targets of the year until 2018-03: 216 万元',
      'Target of 2018-01: 71 万元',
      'Target of 2018-02: 72 万元',
      'Target of 2018-03: 73 万元',
    ],
  ],
])('%s shows what it follows from', (figure, nodes) => {
  const moment = { state: foldProject(events), asOf: '2018-06-30', lexiconVersion: 2, rules: defaultRules };
  const shown = explain(moment, figure)?.nodes.map((node) => `${node.name.en}: ${numberWords(node).zh}`);
  expect(shown).toEqual(nodes);
});
