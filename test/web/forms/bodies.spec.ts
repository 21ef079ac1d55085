import { describe, expect, test } from '@jest/globals';
import type { EntryMetadata } from '../../../domain/project/events.js';
import { facts } from '../../../domain/project/facts/facts.js';
import { shippedPhrasebook } from '../../../domain/values/lexicon/phrases.js';
import { entryShapes } from '../../../src/http/dto/entry-shapes.js';
import { commandOf, type StatedFact } from '../../../src/http/dto/facts/facts.js';
import { shaped } from '../../../src/http/validation/reading.js';
import { faultWords } from '../../../web/forms/fault.js';
import { checked } from '../../../web/forms/said/checked.js';
import type { FactSaid } from '../../../web/forms/said/facts.js';
import { factAgain } from '../../../web/forms/said/said-again.js';
import { statedBy, type TypedMembers } from '../../../web/forms/said/stated.js';
import { diceOf } from '../../support/dice.js';
import { type MeasuredItem, randomFact } from '../../support/random-fact.js';

const on = '2018-07-10';

/** What the service stores of a body: it is checked by the shape of its fact. */
function recordedAs(fact: FactSaid) {
  const shapes = entryShapes(facts).facts.shapes as Record<string, new () => StatedFact>;
  const shape = shapes[fact.type];
  if (!shape) throw new Error(`no shape for ${fact.type}`);
  return commandOf(shaped(shape, JSON.parse(JSON.stringify(fact))), on, shippedPhrasebook);
}

/** What a form states by its typed texts, checked as before it is sent. */
function form(type: keyof typeof facts, typed: TypedMembers) {
  return checked(statedBy(type, facts[type].shape, typed, 'en'), { asOf: on, on }, 'en');
}

/** The stored data of what a form states. */
function dataOf(type: keyof typeof facts, typed: TypedMembers): object {
  const { fact, fault } = form(type, typed);
  if (!fact) throw new Error(faultWords(fault, 'en'));
  return recordedAs({ ...fact, asOf: on }).data;
}

/** The sentence with which a form refuses its typed texts. */
function refusalOf(type: keyof typeof facts, typed: TypedMembers, language: 'en' | 'zh' = 'en'): string {
  const { fault } = form(type, typed);
  return fault ? faultWords(fault, language) : 'accepted';
}

describe('What the forms send', () => {
  test('money is sent with its kind, basis, item, span and period', () => {
    const invested = { span: 'quarter', period: '2018-Q1', basis: 'physical', item: 'roof' };
    expect(dataOf('InvestmentReported', { amount: '1,200', 'amount.unit': '万元', ...invested })).toEqual({
      amount: {
        amountMinor: 1_200_000_000,
        currency: 'CNY',
        said: { amount: '1200', unit: '万元' },
      },
      ...invested,
    });
    const funds = { kind: 'funds', span: 'since-start' };
    expect(dataOf('MoneyReported', { ...funds, fundsFrom: 'bond', amount: '3亿' })).toMatchObject({
      ...funds,
      source: 'bond',
      amount: { amountMinor: 30_000_000_000 },
    });
  });

  test('a stall is sent with its item, its unknown cause and its expected end', () => {
    const stall = { cause: 'unknown', item: 'roof', from: '2018-06-01', expectedEnd: '2018-08-31' };
    expect(dataOf('StallDeclared', stall)).toEqual(stall);
  });

  test('a forecast of the start of an item is sent for a quarter, before or around a day, or for no day', () => {
    const roof = { target: 'roof', what: 'start' };
    const when = (words: string) => dataOf('ForecastGiven', { ...roof, when: words });
    expect(when('2018-Q3')).toEqual({ ...roof, earliest: '2018-07-01', latest: '2018-09-30' });
    expect(when('before 2018-10-01')).toEqual({ ...roof, latest: '2018-09-30' });
    expect(when('around 2018-09')).toEqual({
      ...roof,
      earliest: '2018-09-01',
      latest: '2018-09-30',
      isApproximate: true,
    });
    expect(when('no day named')).toEqual(roof);
    const aside = { when: '2018', reason: '尚未取得许可 | no licence', scope: '整车' };
    expect(dataOf('ForecastGiven', { ...roof, ...aside })).toMatchObject({
      reason: { zh: '尚未取得许可', en: 'no licence' },
      scope: { zh: '整车' },
    });
  });

  test('a month, the end of a period and an inferred day are sent as such', () => {
    const stage = { type: 'StageEntered', stage: 'built' } as const;
    expect(recordedAs({ ...stage, asOf: '2018-06', isInferred: true }).entry).toMatchObject({
      asOf: '2018-06-30',
      precision: 'month',
      isInferred: true,
    });
    expect(recordedAs({ ...stage, asOf: '2018-06-30', precision: 'period-end' }).entry).toMatchObject({
      asOf: '2018-06-30',
      precision: 'period-end',
    });
  });

  test('what the domain refuses is refused in the form, in the words of the service', () => {
    const since = { span: 'since-start', basis: 'unknown' };
    expect(refusalOf('InvestmentReported', since)).toBe(
      'Amount · neither an amount nor a share; expected an amount, or its share of the plan or of the annual plan',
    );
    expect(refusalOf('InvestmentReported', { amount: '3亿', span: 'year', period: '2018-06' })).toBe(
      'Year, quarter or month, if another one · "2018-06"; expected a year such as 2018, because the span is year',
    );
    expect(refusalOf('StallDeclared', { cause: 'weather', from: '2018-07-11' })).toContain(
      'Since when (if another day) · 2018-07-11; expected',
    );
    expect(
      refusalOf('StallDeclared', { cause: 'weather', from: '2018-07-02', expectedEnd: '2018-07-01' }),
    ).toContain('2018-07-0');
    expect(refusalOf('StallDeclared', { cause: 'weather' })).toBe('accepted');
  });

  test('any recorded fact that is said again is recorded as it was', () => {
    const dice = diceOf(17);
    const entry = { asOf: '2018-06-30', precision: 'day', source: { kind: 'unstated' } } as EntryMetadata;
    for (let count = 0; count < 2_000; count++) {
      const item: MeasuredItem = {
        id: 'roof',
        measure: dice.pick(['percent', 'count', 'storeys', 'quantity', 'done']),
      };
      const { type, data } = randomFact(dice, entry, item, ['stall-1']);
      const again = factAgain({ type, data, entry });
      expect(again && recordedAs(again)).toMatchObject({ type, data, entry });
      expect(Object.keys((again && recordedAs(again).data) ?? {}).sort()).toEqual(Object.keys(data).sort());
    }
  });

  test('the day, source, place and remark of an entry are said again', () => {
    const entry: EntryMetadata = {
      asOf: '2018-06-30',
      precision: 'month',
      isInferred: true,
      source: { kind: 'report', document: '6月通报', quote: '已建成', note: 'by phone' },
      place: 'K12+300',
    };
    const again = factAgain({ type: 'StageEntered', data: { stage: 'built' }, entry });
    expect(again && recordedAs(again).entry).toEqual(entry);
  });
});
