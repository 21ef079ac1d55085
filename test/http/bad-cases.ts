/** A body of a request. */
export type Body = Record<string, unknown>;

export const project = 'huaao-2';
export const asOf = '2018-06-30';
export const plan = {
  asOf: '2018-01-01',
  items: [
    { id: 'structure', name: { en: 'Structure', zh: '主体' }, weight: 3, measure: 'percent' },
    { id: 'dormitories', name: { zh: '宿舍' }, weight: 1, measure: 'count', of: 5 },
  ],
};
export const percentSaid = {
  type: 'ProgressMeasured',
  asOf,
  item: 'structure',
  measure: { kind: 'percent', percent: 85 },
};
const moneySaid = {
  type: 'InvestmentReported',
  asOf,
  amount: { amount: '6900', unit: '万元' },
  span: 'since-start',
};
const stallSaid = {
  type: 'StallDeclared',
  asOf,
  cause: 'financing',
  from: '2018-06-01',
  to: '2018-06-30',
};

/** The fault, and the answer: the type of the problem and the member that it names. */
export interface BadCase {
  title: string;
  spoil: (good: Body) => unknown;
  type: string;
  member: string;
  status: number;
  headers: Record<string, string>;
}

/** A case of bad input. */
export function bad(
  title: string,
  spoil: BadCase['spoil'],
  type: string,
  member: string,
  status = 400,
  headers = {},
): BadCase {
  return { title, spoil, type, member, status, headers };
}

/** The body with its text open to edits that no serializer would write. */
export function opened(good: Body, raw: string): string {
  return JSON.stringify(good).replace(/^\{/, `{${raw},`);
}

/** Cases for every route, and every line of an import. */
export const everywhere: BadCase[] = [
  bad('a member that nothing reads', (good) => ({ ...good, colour: 'red' }), 'member-unknown', 'colour'),
  bad('a number as the day', (good) => ({ ...good, asOf: 20180630 }), 'type-wrong', 'asOf'),
  bad('null as the note', (good) => ({ ...good, note: null }), 'type-wrong', 'note'),
  bad('30 February', (good) => ({ ...good, asOf: '2018-02-30' }), 'day-invalid', 'asOf'),
  bad('a day as it is written elsewhere', (good) => ({ ...good, asOf: '30.06.2018' }), 'day-invalid', 'asOf'),
  bad('tomorrow', (good) => ({ ...good, asOf: '2018-07-11' }), 'day-not-begun', 'asOf', 422),
  bad('the running month', (good) => ({ ...good, asOf: '2018-07' }), 'month-not-over', 'asOf', 422),
  bad('half a character', (good) => ({ ...good, note: 'wet \ud83c concrete' }), 'text-invalid', 'note'),
  bad('a control character', (good) => ({ ...good, note: 'wet\u0000concrete' }), 'text-invalid', 'note'),
  bad('an empty note', (good) => ({ ...good, note: '  ' }), 'text-invalid', 'note'),
  bad(
    'a note of 2,001 characters',
    (good) => ({ ...good, note: '长'.repeat(2_001) }),
    'text-invalid',
    'note',
  ),
  bad(
    'a source of an unknown kind',
    (good) => ({ ...good, source: { kind: 'rumour' } }),
    'kind-unknown',
    'source.kind',
  ),
  bad(
    'a report without its document',
    (good) => ({ ...good, source: { kind: 'report' } }),
    'member-missing',
    'source.document',
  ),
  bad('__proto__', (good) => opened(good, '"__proto__":{"isAdmin":true}'), 'member-reserved', '__proto__'),
  bad(
    '__proto__ further in',
    (good) => opened(good, '"source":{"__proto__":1}'),
    'member-reserved',
    'source.__proto__',
  ),
  bad('constructor', (good) => opened(good, '"constructor":{}'), 'member-reserved', 'constructor'),
  bad('a member twice', (good) => opened(good, '"note":"a","note":"b"'), 'member-repeated', 'note'),
  bad(
    '2^53 + 1',
    (good) => opened(good, '"source":{"kind":"import","line":9007199254740993}'),
    'number-inexact',
    'source.line',
  ),
  bad(
    'a number of 20 digits',
    (good) => opened(good, '"note":0.12345678901234567891'),
    'number-inexact',
    'note',
  ),
  bad(
    '10,000 levels',
    (good) => opened(good, `"note":${'['.repeat(10_000)}${']'.repeat(10_000)}`),
    'body-too-deep',
    `note${'[0]'.repeat(19)}`,
  ),
  bad('a list', (good) => [good], 'type-wrong', 'body'),
  bad('broken JSON', (good) => JSON.stringify(good).slice(0, -1), 'body-invalid', 'body'),
];

/** Cases of the transport, which concern an import as a whole and not a line. */
export const onItsWay: BadCase[] = [
  bad('nothing', () => '', 'body-invalid', 'body'),
  bad('bytes that are no UTF-8', () => Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d]), 'body-invalid', 'body'),
  bad(
    '1 MiB and one byte',
    (good) => opened(good, `"note":"${'x'.repeat(1024 * 1024)}"`),
    'body-too-large',
    'body',
    413,
  ),
  bad('a form', () => 'a=b', 'content-type-unsupported', 'Content-Type', 415, {
    'content-type': 'application/x-www-form-urlencoded',
  }),
  bad('lines', (good) => good, 'content-type-unsupported', 'Content-Type', 415, {
    'content-type': 'application/x-ndjson',
  }),
  bad('a stale If-Match', (good) => good, 'revision-stale', 'If-Match', 412, { 'if-match': '"0"' }),
  bad('an If-Match without quotes', (good) => good, 'if-match-invalid', 'If-Match', 400, { 'if-match': '3' }),
  bad('a weak If-Match', (good) => good, 'if-match-invalid', 'If-Match', 400, { 'if-match': 'W/"3"' }),
  bad('any If-Match', (good) => good, 'if-match-invalid', 'If-Match', 400, { 'if-match': '*' }),
  bad(
    'an Idempotency-Key that is no UUID',
    (good) => good,
    'idempotency-key-invalid',
    'Idempotency-Key',
    400,
    { 'idempotency-key': '42' },
  ),
  bad('an author of 65 characters', (good) => good, 'caller-invalid', 'Topout-By', 400, {
    'topout-by': 'x'.repeat(65),
  }),
  bad('an author in broken percent signs', (good) => good, 'caller-invalid', 'Topout-By', 400, {
    'topout-by': "UTF-8''%E6%9D",
  }),
];

const measured = (measure: unknown) => () => ({ ...percentSaid, measure });
const invested = (amount: unknown) => () => ({ ...moneySaid, amount });
const planned = (item: Body) => () => ({ asOf, items: [{ ...plan.items[0], ...item }] });

/** Cases of one route each. */
export const ofOneRoute: Record<string, BadCase[]> = {
  fact: [
    bad('110 %', measured({ kind: 'percent', percent: 110 }), 'value-out-of-range', 'measure.percent'),
    bad(
      'a negative percentage',
      measured({ kind: 'percent', percent: -1 }),
      'value-out-of-range',
      'measure.percent',
    ),
    bad(
      'three decimals of a percent',
      measured({ kind: 'percent', percent: 85.555 }),
      'value-out-of-range',
      'measure.percent',
    ),
    bad(
      'a percentage as a text',
      measured({ kind: 'percent', percent: '85' }),
      'type-wrong',
      'measure.percent',
    ),
    bad(
      'a percentage without its number',
      measured({ kind: 'percent' }),
      'member-missing',
      'measure.percent',
    ),
    bad(
      'storey 9 of 8',
      measured({ kind: 'storeys', reached: 9, of: 8 }),
      'count-impossible',
      'measure.reached',
      422,
    ),
    bad(
      'half a dormitory',
      measured({ kind: 'count', done: 2.5, of: 5 }),
      'value-out-of-range',
      'measure.done',
    ),
    bad(
      'a measure of an unknown kind',
      measured({ kind: 'feeling', value: 3 }),
      'kind-unknown',
      'measure.kind',
    ),
    bad('a measure without a kind', measured({ percent: 3 }), 'member-missing', 'measure.kind'),
    bad('a measure that is a number', measured(85), 'type-wrong', 'measure'),
    bad(
      'a measure with a member too many',
      measured({ kind: 'count', done: 1, percent: 3 }),
      'member-unknown',
      'measure.percent',
    ),
    bad(
      'a phrase of no lexicon',
      measured({ kind: 'word', said: '差不多吧' }),
      'word-unknown',
      'measure.said',
      422,
    ),
    bad(
      'a word of no lexicon',
      measured({ kind: 'word', said: '差不多', word: 'roughly' }),
      'word-unknown',
      'measure.word',
      422,
    ),
    bad(
      'an event of an unknown type',
      () => ({ ...percentSaid, type: 'ConcretePoured' }),
      'kind-unknown',
      'type',
    ),
    bad('no type', () => ({ asOf, item: 'structure' }), 'member-missing', 'type'),
    bad('no day', () => ({ ...percentSaid, asOf: undefined }), 'member-missing', 'asOf'),
    bad('an item with capitals', () => ({ ...percentSaid, item: 'Structure' }), 'text-invalid', 'item'),
    bad('negative money', invested({ amount: '-5', unit: '万元' }), 'money-negative', 'amount.amount'),
    bad(
      'negative minor units',
      invested({ amountMinor: -5, currency: 'CNY' }),
      'money-negative',
      'amount.amountMinor',
    ),
    bad(
      'a fraction of a cent',
      invested({ amount: '0.005', unit: 'USD' }),
      'money-fraction',
      'amount.amount',
    ),
    bad(
      'a fraction of a fen as a number',
      invested({ amount: 0.0000001, unit: '万元' }),
      'money-invalid',
      'amount.amount',
    ),
    bad('money of no currency', invested({ amount: '5', unit: 'shells' }), 'money-invalid', 'amount.unit'),
    bad(
      'minor units of no currency',
      invested({ amountMinor: 5, currency: 'ZZZ' }),
      'money-invalid',
      'amount.currency',
    ),
    bad('money in words', invested({ amount: 'a lot', unit: '万元' }), 'money-invalid', 'amount.amount'),
    bad('money without a unit', invested({ amount: '5' }), 'money-invalid', 'amount.amount'),
    bad('an amount in words without a unit', invested('1,200'), 'money-invalid', 'amount'),
    bad('money as a number', invested(5), 'type-wrong', 'amount'),
    bad(
      'money in both forms',
      invested({ amount: '5', unit: '元', amountMinor: 500, currency: 'CNY' }),
      'money-invalid',
      'amount',
    ),
    bad(
      'more money than can be kept',
      invested({ amount: '999999999999999', unit: '亿元' }),
      'money-invalid',
      'amount.amount',
    ),
    bad('an unknown span', () => ({ ...moneySaid, span: 'decade' }), 'kind-unknown', 'span'),
    bad('an unknown cause', () => ({ ...stallSaid, cause: 'laziness' }), 'kind-unknown', 'cause'),
    bad(
      'a stall that blocks something twice',
      () => ({ ...stallSaid, blocks: ['works', 'works'] }),
      'value-out-of-range',
      'blocks[1]',
    ),
    bad('a stall that blocks nothing', () => ({ ...stallSaid, blocks: [] }), 'value-out-of-range', 'blocks'),
    bad(
      'a stall that ends before it begins',
      () => ({ ...stallSaid, to: '2018-05-01' }),
      'period-reversed',
      'to',
      422,
    ),
    bad(
      'a stall that nobody declared',
      () => ({ type: 'StallCleared', asOf, stall: 'ghost' }),
      'stall-unknown',
      'stall',
      422,
    ),
    bad(
      'a forecast that ends before it begins',
      () => ({
        type: 'ForecastGiven',
        asOf,
        target: 'completion',
        earliest: '2019-03',
        latest: '2018-12',
      }),
      'period-reversed',
      'latest',
      422,
    ),
    bad(
      'a month that the calendar has not',
      () => ({
        type: 'ForecastGiven',
        asOf,
        target: 'completion',
        earliest: '2018-13',
        latest: '2019-01',
      }),
      'day-invalid',
      'earliest',
    ),
    bad('no change in no period', () => ({ type: 'NoChangeReported', asOf }), 'member-missing', 'period'),
    bad(
      'no change until tomorrow',
      () => ({ type: 'NoChangeReported', asOf, from: '2018-07-01', to: '2018-07-11' }),
      'day-not-begun',
      'to',
      422,
    ),
    bad('an unknown stage', () => ({ type: 'StageEntered', asOf, stage: 'dreamt' }), 'kind-unknown', 'stage'),
  ],
  plan: [
    bad(
      'an item of an unknown kind of measure',
      planned({ measure: 'vibes' }),
      'kind-unknown',
      'items[0].measure',
    ),
    bad('a weight of a half', planned({ weight: 0.5 }), 'value-out-of-range', 'items[0].weight'),
    bad(
      'a negative cost',
      planned({ plannedCost: { amountMinor: -1, currency: 'CNY' } }),
      'money-negative',
      'items[0].plannedCost.amountMinor',
    ),
    bad(
      'a start on 31 June',
      planned({ plannedStart: '2018-06-31' }),
      'day-invalid',
      'items[0].plannedStart',
    ),
    bad('an item without a name', planned({ name: {} }), 'member-missing', 'items[0].name'),
    bad('a name in Latin', planned({ name: { la: 'structura' } }), 'member-missing', 'items[0].name'),
    bad('an unknown parent', planned({ parent: 'ghost' }), 'plan-invalid', 'items[0].parent', 422),
    bad(
      'two items with one id',
      () => ({ asOf, items: [plan.items[0], plan.items[0]] }),
      'plan-invalid',
      'items[1].id',
      422,
    ),
    bad('no items', () => ({ asOf, items: [] }), 'value-out-of-range', 'items'),
    bad('an item that is a text', () => ({ asOf, items: ['structure'] }), 'type-wrong', 'items[0]'),
    bad('items that are an object', () => ({ asOf, items: { 0: plan.items[0] } }), 'type-wrong', 'items'),
    bad(
      'a year without money',
      () => ({ ...plan, annualPlans: [{ year: 2018 }] }),
      'member-missing',
      'annualPlans[0].investment',
    ),
    bad('a basis of no kind', () => ({ ...plan, basis: 'gut feeling' }), 'text-invalid', 'basis'),
  ],
  registration: [
    bad('no name', ({ name: _, ...good }) => good, 'member-missing', 'name'),
    bad('a name that is a text', (good) => ({ ...good, name: 'New' }), 'type-wrong', 'name'),
    bad('an id of two characters', (good) => ({ ...good, project: 'ab' }), 'text-invalid', 'project'),
    bad('an id with a slash', (good) => ({ ...good, project: 'a/../b' }), 'text-invalid', 'project'),
    bad('an id that is taken', (good) => ({ ...good, project }), 'project-exists', 'project', 409),
    bad(
      'a time zone on the moon',
      (good) => ({ ...good, timeZone: 'Moon/Crater' }),
      'text-invalid',
      'timeZone',
    ),
    bad(
      'a capacity per week',
      (good) => ({ ...good, capacity: { amount: 1, unit: 't', per: 'week' } }),
      'kind-unknown',
      'capacity.per',
    ),
    bad('an alias twice', (good) => ({ ...good, aliases: ['A', 'A'] }), 'value-out-of-range', 'aliases[1]'),
  ],
  description: [bad('a name in no language', () => ({ asOf, name: {} }), 'member-missing', 'name')],
  withdrawal: [
    bad('no reason', ({ reason: _, ...good }) => good, 'member-missing', 'reason'),
    bad(
      'a replacement of an unknown type',
      (good) => ({ ...good, replacement: { type: 'Nothing', asOf } }),
      'kind-unknown',
      'replacement.type',
    ),
    bad(
      'a replacement of 110 %',
      (good) => ({
        ...good,
        replacement: { ...percentSaid, measure: { kind: 'percent', percent: 110 } },
      }),
      'value-out-of-range',
      'replacement.measure.percent',
    ),
    bad(
      'a replacement without a number',
      (good) => ({ ...good, replacement: { ...percentSaid, measure: { kind: 'percent' } } }),
      'member-missing',
      'replacement.measure.percent',
    ),
    bad(
      'a replacement of tomorrow',
      (good) => ({ ...good, replacement: { ...percentSaid, asOf: '2018-07-11' } }),
      'day-not-begun',
      'replacement.asOf',
      422,
    ),
  ],
};
