import { describe, test } from '@jest/globals';
import type { FactCommand } from '../../domain/project/commands.js';
import type { EventData, Measure, Plan, ProjectEvent, Stage } from '../../domain/project/events.js';
import type { FactType } from '../../domain/project/facts/facts.js';
import { given, givenId, seenOn } from '../support/given.js';

const june = seenOn('2018-06-30');
const registered: ProjectEvent = {
  type: 'ProjectRegistered',
  data: { name: { en: 'Works' } },
  entry: seenOn('2018-01-01'),
};
const plan: Plan = {
  items: [
    { id: 'hall', name: { en: 'hall' }, weight: 60, measure: 'percent' },
    { id: 'roof', name: { en: 'roof' }, parent: 'hall', weight: 10, measure: 'percent' },
    { id: 'yard', name: { en: 'yard' }, weight: 10, measure: 'percent' },
    { id: 'trial', name: { en: 'trial run' }, weight: 5, measure: 'percent', stage: 'trial-production' },
  ],
  basis: 'stated',
};
const planned: ProjectEvent = {
  type: 'PlanAdopted',
  data: { ...plan, version: 1 },
  entry: seenOn('2018-01-01'),
};

type Fact<T extends FactType = FactType> = ProjectEvent<T>;
const done = (item: string, step?: string): Fact => ({
  type: 'MilestoneReached',
  data: { item, ...(step ? { step } : {}) },
  entry: june,
});
const measured = (item: string, measure: Measure, step?: string): Fact => ({
  type: 'ProgressMeasured',
  data: { item, ...(step ? { step } : {}), measure },
  entry: june,
});
const percent = (basisPoints: number): Measure => ({ kind: 'percent', basisPoints });
const stage = (entered: Stage): Fact => ({ type: 'StageEntered', data: { stage: entered }, entry: june });
const money = (amountMinor: number, more: Partial<EventData['InvestmentReported']> = {}): Fact => ({
  type: 'InvestmentReported',
  data: { amount: { amountMinor, currency: 'CNY' }, span: 'since-start', basis: 'unknown', ...more },
  entry: june,
});
const withdrawn = (index: number): ProjectEvent => ({
  type: 'EntryWithdrawn',
  data: { entry: givenId(index), reason: 'misread' },
  entry: june,
});
const saying = (event: Fact): FactCommand =>
  ({ type: event.type, data: event.data, entry: event.entry }) as FactCommand;

describe('repeated, nothing is recorded', () => {
  test.each<[string, ProjectEvent[], Fact]>([
    ['a roof capped twice', [done('roof')], done('roof')],
    ['a roof after talk of the walls', [done('roof'), done('walls')], done('roof')],
    [
      'a roof after talk of the roof on another day',
      [done('roof'), { ...measured('roof', percent(1)), entry: seenOn('2018-07-01') }],
      done('roof'),
    ],
    [
      'a step after talk of another step',
      [done('lathes', 'delivered'), measured('lathes', percent(5000), 'installed')],
      done('lathes', 'delivered'),
    ],
    ['a group after an item in it was done', [done('hall'), done('roof')], done('hall')],
    [
      'a group after an item in it was measured whole',
      [done('hall'), measured('roof', percent(10000))],
      done('hall'),
    ],
    [
      'a measure of a group after one of an item in it',
      [measured('hall', percent(6000)), measured('roof', percent(8000))],
      measured('hall', percent(6000)),
    ],
    [
      'works built, after a trial run was measured',
      [stage('built'), measured('trial', percent(10))],
      stage('built'),
    ],
    ['works built, after production began', [stage('built'), stage('in-production')], stage('built')],
    ['money after money of another span', [money(5), money(3, { span: 'year' })], money(5)],
    ['money after money of another basis', [money(5), money(3, { basis: 'accounting' })], money(5)],
    [
      'what a correction says',
      [done('walls'), withdrawn(2), { ...done('roof'), entry: { ...june, corrects: givenId(2) } } as Fact],
      done('roof'),
    ],
  ])('%s', (_, before, fact) => {
    given(registered, planned, ...before)
      .when(saying(fact))
      .records();
  });

  test('by another person, from another source', () => {
    const reported: FactCommand = {
      ...saying(done('roof')),
      entry: { ...june, source: { kind: 'report', document: 'half-year' } },
    };
    given(registered, done('roof')).when(reported).records();
  });
});

describe('repeated, it is a new entry', () => {
  test.each<[string, ProjectEvent[], Fact]>([
    [
      'after another figure for the day',
      [measured('roof', percent(5000)), measured('roof', percent(8000))],
      measured('roof', percent(5000)),
    ],
    ['after the fact was withdrawn', [done('roof'), withdrawn(2)], done('roof')],
    ['for another day', [{ ...done('roof'), entry: seenOn('2018-06-29') } as Fact], done('roof')],
    [
      'an item done, after one of its steps was measured',
      [done('lathes'), measured('lathes', percent(5000), 'installed')],
      done('lathes'),
    ],
    [
      'a step measured, after the whole item was done',
      [measured('lathes', percent(5000), 'installed'), done('lathes')],
      measured('lathes', percent(5000), 'installed'),
    ],
    [
      'a group done, after an item in it was measured',
      [done('hall'), measured('roof', { kind: 'word', word: 'mostly', said: '大部分' })],
      done('hall'),
    ],
    [
      'an item measured, after its group was done',
      [measured('roof', { kind: 'count', done: 3, of: 5 }), done('hall')],
      measured('roof', { kind: 'count', done: 3, of: 5 }),
    ],
    [
      'works built, after an item was measured',
      [stage('built'), measured('yard', percent(5000))],
      stage('built'),
    ],
    [
      'an item measured, after the works were built',
      [measured('yard', percent(5000)), stage('built')],
      measured('yard', percent(5000)),
    ],
    [
      'production, after a trial run was measured',
      [stage('in-production'), measured('trial', percent(5000))],
      stage('in-production'),
    ],
    ['suspended, after it resumed', [stage('suspended'), stage('resumed')], stage('suspended')],
    ['started, after it was cancelled', [stage('started'), stage('cancelled')], stage('started')],
    ['in another currency', [money(5)], money(5, { amount: { amountMinor: 5, currency: 'USD' } })],
    [
      'with another wording of the figure',
      [money(500)],
      money(500, { amount: { amountMinor: 500, currency: 'CNY', said: { amount: '5', unit: '元' } } }),
    ],
    ['of an item whose name runs into its step', [done('a', 'b c')], done('a b', 'c')],
    ['of an item named like every object has one', [done('constructor')], done('__proto__')],
  ])('%s', (_, before, fact) => {
    given(registered, planned, ...before)
      .when(saying(fact))
      .records(fact);
  });

  test('a stall that was cleared the same day', () => {
    const stalled: Fact = {
      type: 'StallDeclared',
      data: { stall: 'wind', cause: 'weather', blocks: ['works'], from: '2018-06-30' },
      entry: june,
    };
    const cleared: Fact = { type: 'StallCleared', data: { stall: 'wind' }, entry: june };
    given(registered, stalled).when(saying(stalled)).records();
    given(registered, stalled, cleared).when(saying(stalled)).records(stalled);
  });
});
