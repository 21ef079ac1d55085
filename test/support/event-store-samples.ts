import type { AnyEvent } from '../../domain/log/any-event.js';
import type { EntryMetadata, EventData, EventType } from '../../domain/project/events.js';
import type { NewEvent } from '../../src/event-store/event-store.js';
import { accessSamples, ledgerSamples } from './access-samples.js';
import { alertSamples } from './alert-samples.js';
import { uuidOf } from './dice.js';

const onSite: EntryMetadata = {
  asOf: '2018-06-30',
  precision: 'day',
  source: { kind: 'inspection', note: 'seen from the gate' },
};
const byReport: EntryMetadata = {
  asOf: '2018-06-30',
  precision: 'period-end',
  isInferred: true,
  source: { kind: 'report', document: 'half-year-2018', paragraph: '3', quote: '雨水管完成85%' },
};
const imported: EntryMetadata = {
  asOf: '2018-01-31',
  precision: 'month',
  source: { kind: 'import', document: 'ledger.csv', line: 17 },
  correlationId: '019a4c1e-0000-7000-8000-0000000000c0',
  causationId: '019a4c1e-0000-7000-8000-0000000000ca',
};

const said = <T extends EventType>(type: T, data: EventData[T], entry = onSite): AnyEvent =>
  ({ type, data, entry }) as unknown as AnyEvent;

const projectSamples: readonly AnyEvent[] = [
  said('ProjectRegistered', { name: { en: 'East Road', zh: '东路' } }, imported),
  said('ProjectRegistered', {
    name: { zh: '电子厂二期 "B\\区" 🏗' },
    aliases: ['电子二厂', 'E2'],
    owner: { en: 'Delta Electronics' },
    district: { en: 'Harbour', zh: '港区' },
    sector: { en: 'electronics' },
    phase: { en: 'II' },
    capacity: { amount: 30_000_000, unit: 'boards', per: 'year' },
    codes: [{ scheme: 'GB/T 4754', value: '3982' }],
    timeZone: 'Asia/Shanghai',
  }),
  said('ProjectDescribed', {
    owner: { en: 'Delta Electronics (Group)' },
    name: { en: 'Delta, second plant' },
  }),
  said('ProjectDescribed', {}, { ...onSite, source: { kind: 'system' } }),
  said(
    'PlanAdopted',
    {
      version: 1,
      items: [{ id: 'roof', name: { en: 'Roof' }, weight: 1, measure: 'done' }],
      basis: 'stated',
    },
    imported,
  ),
  said('PlanAdopted', {
    version: 2,
    items: [
      {
        id: 'works',
        name: { zh: '土建' },
        weight: 70,
        measure: 'steps',
        steps: [{ id: 'pit', name: { zh: '基坑' }, weight: 3 }],
      },
      {
        id: 'dormitories',
        parent: 'works',
        name: { en: 'Dormitories' },
        weight: 5,
        measure: 'count',
        of: 5,
        unit: 'blocks',
        plannedStart: '2018-03-01',
        plannedFinish: '2018-12-31',
        plannedCost: {
          amountMinor: 6_900_000_000,
          currency: 'CNY',
          said: { amount: '6900', unit: '万元' },
        },
      },
      { id: 'frame', name: { en: 'Frame' }, weight: 0, measure: 'storeys', of: 12, after: ['dormitories'] },
      { id: 'trial', name: { en: 'Trial' }, weight: 1, measure: 'done', stage: 'trial-production' },
    ],
    plannedInvestment: { amountMinor: Number.MAX_SAFE_INTEGER, currency: 'JPY' },
    annualPlans: [
      {
        year: 2018,
        investment: { amountMinor: 0, currency: 'JPY' },
        months: [{ month: 12, investment: { amountMinor: 0, currency: 'JPY' } }],
      },
    ],
    basis: 'template:plant',
  }),
  said('PlanAdopted', {
    version: 3,
    items: [
      {
        id: 'works',
        name: { en: 'Civil works', zh: '土建' },
        weight: 70,
        measure: 'steps',
        steps: [{ id: 'pit', name: { en: 'Pit', zh: '坑' }, weight: 3 }],
      },
      { id: 'roof', name: { en: 'Roofing' }, weight: 1, measure: 'done' },
    ],
    basis: 'stated',
    renames: [
      { id: 'roof', from: 'Roof', to: 'Roofing' },
      { id: 'works', step: 'pit', from: '土建 / 基坑', to: '土建 / 坑' },
    ],
  }),
  said('PlanAdopted', {
    version: 4,
    items: [
      {
        id: 'road',
        name: { zh: '路面' },
        weight: 3,
        measure: 'quantity',
        total: { digits: 126, scale: 1 },
        unit: '公里',
      },
      { id: 'tower', name: { en: 'Tower' }, weight: 2, measure: 'storeys', of: 18, below: 2 },
      { id: 'roofed', name: { en: 'Tower capped' }, weight: 0, measure: 'done', states: 'tower' },
    ],
    basis: 'stated',
  }),
  said('PlanAdopted', {
    version: 5,
    items: [
      { id: 'spur', name: { zh: '支线' }, weight: 0, measure: 'percent', isCancelled: true },
      { id: 'opening', name: { zh: '通车' }, weight: 1, measure: 'done', stage: 'opened-to-traffic' },
    ],
    basis: 'stated',
  }),
  said('PlanAdopted', {
    version: 6,
    items: [{ id: 'road', name: { zh: '路面' }, weight: 1, measure: 'done', plannedFinish: '2018-12-31' }],
    basis: 'stated',
    baseline: '批复设计',
  }),
  said('MilestoneReached', { item: 'roof' }),
  said('MilestoneReached', { item: 'works', step: 'pit' }, byReport),
  said('ProgressMeasured', { item: 'drains', measure: { kind: 'percent', basisPoints: 8500 } }, byReport),
  said('ProgressMeasured', {
    item: 'dormitories',
    measure: { kind: 'count', done: 3, of: 5, unit: 'blocks' },
  }),
  said('ProgressMeasured', { item: 'dormitories', step: 'walls', measure: { kind: 'count', done: 0 } }),
  said('ProgressMeasured', { item: 'frame', measure: { kind: 'storeys', reached: 2 } }),
  said('ProgressMeasured', { item: 'frame', measure: { kind: 'storeys', reached: -1, of: 12 } }),
  said('ProgressMeasured', {
    item: 'equipment',
    measure: { kind: 'word', word: 'most', said: 'most equipment installed\n\t(west hall)' },
  }),
  said('ProgressMeasured', {
    measure: {
      kind: 'range',
      lowBasisPoints: 4500,
      highBasisPoints: 5500,
      pointBasisPoints: 5000,
      said: 'about half',
    },
  }),
  said('ProgressMeasured', {
    item: 'road',
    measure: { kind: 'quantity', done: { digits: 74, scale: 1 }, of: { digits: 126, scale: 1 }, unit: 'km' },
  }),
  said('ProgressMeasured', {
    item: 'earthworks',
    measure: {
      kind: 'quantity',
      done: { digits: 27, scale: 1 },
      upTo: { digits: 33, scale: 1 },
      unit: '亿方',
      said: '约3亿方',
    },
    change: 're-measured',
  }),
  said('ProgressMeasured', {
    item: 'tower',
    measure: { kind: 'storeys', reached: 3, of: 18, below: 2, isUnderWay: true },
    change: 'undone',
  }),
  said('ProgressMeasured', { item: 'dormitories', measure: { kind: 'count', done: 6, of: 5 } }),
  said('InvestmentReported', {
    amount: { amountMinor: 6_900_000_000, currency: 'CNY', said: { amount: '6900', unit: '万元' } },
    span: 'since-start',
    basis: 'physical',
    shareOfPlanBasisPoints: 4600,
  }),
  said(
    'InvestmentReported',
    { amount: { amountMinor: 0, currency: 'CNY' }, span: 'month', basis: 'unknown' },
    byReport,
  ),
  said('InvestmentReported', {
    item: 'roof',
    amount: {
      amountMinor: 300_000_000,
      lowMinor: 300_000_000,
      highMinor: 400_000_000,
      currency: 'CNY',
      said: { amount: '300-400', unit: '万元' },
    },
    span: 'quarter',
    period: '2018-Q1',
    basis: 'statistics',
  }),
  said('InvestmentReported', { span: 'year', basis: 'physical', shareOfAnnualPlanBasisPoints: 5_200 }),
  said('MoneyReported', {
    kind: 'funds',
    source: 'bond',
    amount: { amountMinor: 6_900_000_000, currency: 'CNY', said: { amount: '6900', unit: '万元' } },
    span: 'since-start',
    shareOfPlanBasisPoints: 8_000,
  }),
  said(
    'MoneyReported',
    {
      kind: 'change-order',
      reference: '变更-3',
      effect: 'decrease',
      item: 'roof',
      amount: { amountMinor: 120_000_000, currency: 'USD', said: { amount: '$1.2', unit: 'million' } },
      span: 'since-start',
    },
    byReport,
  ),
  said('MoneyReported', {
    kind: 'paid',
    amount: { amountMinor: 0, currency: 'CNY' },
    span: 'month',
    period: '2018-05',
  }),
  said('StallDeclared', { stall: 'june', cause: 'financing', blocks: ['works'], from: '2018-06-01' }),
  said('StallDeclared', {
    stall: 'licence',
    cause: 'licence',
    blocks: ['production', 'staffing'],
    from: '2018-06-01',
    to: '2018-06-30',
  }),
  said('StallDeclared', {
    stall: 'roof-unknown-2018-06-01',
    item: 'roof',
    cause: 'unknown',
    blocks: ['works'],
    from: '2018-06-01',
    expectedEnd: '2018-09-30',
  }),
  said('StallCleared', { stall: 'june' }),
  said('ForecastGiven', { target: 'production', earliest: '2019-03-01', latest: '2019-03-31' }),
  said('ForecastGiven', {
    target: 'roof',
    earliest: '2018-09-01',
    latest: '2018-09-01',
    scope: { en: 'west hall', zh: '西馆' },
    reason: { en: 'no licence yet' },
  }),
  said('ForecastGiven', { target: 'roof', what: 'start', latest: '2018-09-30' }),
  said('ForecastGiven', {
    target: 'opening',
    earliest: '2018-07-01',
    latest: '2018-09-30',
    isApproximate: true,
  }),
  said('ForecastGiven', { target: 'completion', reason: { zh: '征地未完成' } }),
  said('StageEntered', { stage: 'trial-production' }),
  said('StageEntered', { stage: 'opened-to-traffic' }),
  said('StageEntered', { stage: 'registered-in-statistics' }),
  said('NoChangeReported', { from: '2018-06-01', to: '2018-06-30' }),
  said('ContradictionExplained', {
    contradiction: 'money-fell:019a4c1e-0000-7000-8000-000000000001:019a4c1e-0000-7000-8000-000000000002',
    entries: ['019a4c1e-0000-7000-8000-000000000001', '019a4c1e-0000-7000-8000-000000000002'],
    reason: 'the audit took an advance out',
  }),
  said(
    'EntryWithdrawn',
    { entry: '019a4c1e-0000-7000-8000-000000000001', reason: 'wrong block' },
    {
      ...onSite,
      corrects: '019a4c1e-0000-7000-8000-000000000001',
    },
  ),
  said(
    'MilestoneReached',
    { item: 'roof' },
    {
      asOf: '2018-06-30',
      precision: 'day',
      source: { kind: 'unstated', note: '听说' },
      place: 'K12+300 左幅',
      attachments: [{ sha256: 'a'.repeat(64), name: '封顶.jpg', type: 'image/jpeg', bytes: 120_000 }],
      verification: 'signed-in',
      sealed: { 'source.note': { key: 'k1', nonce: 'AAAA', text: 'BBBB' } },
    },
  ),
  said(
    'MilestoneReached',
    { item: 'roof' },
    { ...onSite, onBehalfOf: '华奥建设 王工', verification: 'signed-in' },
  ),
];

/** Every type of event, in their different shapes; a golden file holds the bytes of each. */
export const samples: readonly AnyEvent[] = [
  ...projectSamples,
  ...alertSamples,
  ...accessSamples,
  ...ledgerSamples,
];

/** The sample with a number (modulo their count), as sent; its id is derived from `key`. */
export function sampleEvent(number: number, key: string): NewEvent {
  return { ...(samples[number % samples.length] as AnyEvent), id: uuidOf(key), by: 'inspector-7' };
}

/** A short fact whose content follows from a number, unique per number. */
export function measured(basisPoints: number, key: string): NewEvent {
  const data = { item: 'drains', measure: { kind: 'percent' as const, basisPoints } };
  return { type: 'ProgressMeasured', data, entry: onSite, id: uuidOf(key), by: 'inspector-7' };
}
