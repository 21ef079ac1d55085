import { facts } from '../../../domain/project/facts/facts.js';
import type { Measure } from '../../../domain/project/facts/measure.js';
import type { Member, Shape } from '../../../domain/project/facts/members.js';
import { decimalOf, wholeDecimal } from '../../../domain/values/amounts/decimal.js';
import { byLanguage } from '../../../domain/values/by-language.js';
import { wordSaid } from '../../../domain/values/lexicon/matching.js';
import { moneyIn, parseMoney } from '../../../domain/values/money-text.js';
import { omitUndefined } from '../../../domain/values/omit-undefined.js';
import { periodIn, type When, whenIn } from '../../../domain/values/when.js';
import type { MeasureSaid, TextSaid } from './facts.js';

/** What a fact of the forms states, in the form in which it is stored. */
export function factAsStored(fact: Readonly<Record<string, unknown>> & { type: keyof typeof facts }): object {
  const shape: Shape = facts[fact.type].shape;
  return Object.fromEntries(Object.entries(shape).flatMap(([name, member]) => stored(name, member, fact)));
}

function stored(name: string, member: Member, fact: Readonly<Record<string, unknown>>): [string, unknown][] {
  const { [name]: value = member.otherwise } = fact;
  if (member.kind === 'period')
    return [
      ['from', fact.from],
      ['to', fact.to],
    ];
  if (member.kind === 'when') return Object.entries(whenSaid(fact));
  if (value === undefined) return [];
  if (member.kind === 'percent') return [[member.storedAs, basisPoints(Number(value))]];
  if (member.kind === 'text-by-language') return [[name, byLanguage(value as TextSaid)]];
  if (member.kind === 'measure') return [[name, measureAsStored(value as MeasureSaid)]];
  if (member.kind === 'money')
    return [[name, amountAsStored(value as string | { amount: string; unit: string })]];
  return [[member.storedAs ?? name, value]];
}

/** When something is expected, by its words or by its days. */
export function whenSaid({ when, earliest, latest }: Readonly<Record<string, unknown>>): When {
  if (when !== undefined) return whenIn(String(when)) ?? {};
  return omitUndefined({
    earliest: earliest === undefined ? undefined : periodIn(String(earliest))?.from,
    latest: latest === undefined ? undefined : periodIn(String(latest))?.to,
  });
}

function amountAsStored(said: string | { amount: string; unit: string }) {
  return typeof said === 'string' ? moneyIn(said) : parseMoney(said.amount, said.unit);
}

/** A measure in the form in which it is stored; a phrase that the shipped lexicon lacks has no word. */
export function measureAsStored(said: MeasureSaid): Measure {
  switch (said.kind) {
    case 'percent':
      return { kind: 'percent', basisPoints: basisPoints(said.percent) };
    case 'range':
      return {
        kind: 'range',
        lowBasisPoints: basisPoints(said.low),
        highBasisPoints: basisPoints(said.high),
      };
    case 'quantity': {
      const { done, upTo, of, unit } = said;
      return {
        kind: 'quantity',
        done: decimal(done),
        ...(upTo === undefined ? {} : { upTo: decimal(upTo) }),
        ...(of === undefined ? {} : { of: decimal(of) }),
        unit,
      };
    }
    case 'word': {
      const { word = wordSaid(said.said) ?? said.said } = said;
      return { kind: 'word', word, said: said.said };
    }
    default:
      return said;
  }
}

function basisPoints(percent: number): number {
  return Math.round(percent * 100);
}

function decimal(text: string) {
  return decimalOf(text) ?? wholeDecimal(0);
}
