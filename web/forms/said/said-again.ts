import type { EntryMetadata } from '../../../domain/project/events.js';
import { type FactType, facts } from '../../../domain/project/facts/facts.js';
import type { Measure } from '../../../domain/project/facts/measure.js';
import type { Member, Shape } from '../../../domain/project/facts/members.js';
import { decimalText } from '../../../domain/values/amounts/decimal.js';
import { type Money, minorDigits } from '../../../domain/values/amounts/money.js';
import { dayAgain } from './day.js';
import type { AmountSaid, FactSaid, MeasureSaid } from './facts.js';
import { sourceAgain } from './provenance.js';
import { whenAgain } from './when-parts.js';

type Members = Readonly<Record<string, unknown>>;

/** A recorded entry: a fact in the form in which it is stored. */
interface Recorded {
  type: string;
  data: object;
  entry: EntryMetadata;
}

/** True for the type of a fact that the pages know. */
export function isFact(type: string): type is FactType {
  return Object.hasOwn(facts, type);
}

/** A recorded fact as its author would say it again, to correct it; undefined for what is no fact. */
export function factAgain({ type, data, entry }: Recorded): FactSaid | undefined {
  if (!isFact(type)) return undefined;
  const shape: Shape = facts[type].shape;
  const members = Object.entries(shape).flatMap(([name, member]) => again(name, member, data as Members));
  const { place, onBehalfOf, source } = entry;
  return {
    type,
    ...Object.fromEntries(members.filter(([, value]) => value !== undefined)),
    ...dayAgain(entry),
    source: sourceAgain(source),
    ...('note' in source && source.note !== undefined ? { note: source.note } : {}),
    ...(place === undefined ? {} : { place }),
    ...(onBehalfOf === undefined ? {} : { onBehalfOf }),
  } as FactSaid;
}

function again(name: string, member: Member, data: Members): [string, unknown][] {
  const value = data[member.storedAs ?? name];
  switch (member.kind) {
    case 'percent':
      return [[name, value === undefined ? undefined : Number(value) / 100]];
    case 'period':
      return ['from', 'to'].map((end) => [end, data[end]]);
    case 'when':
      return [[name, whenAgain(data)]];
    case 'money':
      return [[name, value && amountAgain(value as Money)]];
    case 'measure':
      return [[name, measureAgain(value as Measure)]];
    default:
      return [[name, value]];
  }
}

function amountAgain({ amountMinor, currency, said }: Money): AmountSaid {
  return said
    ? { ...said }
    : { amount: decimalText({ digits: amountMinor, scale: minorDigits(currency) }), unit: currency };
}

function measureAgain(measure: Measure): MeasureSaid {
  switch (measure.kind) {
    case 'percent':
      return { kind: 'percent', percent: measure.basisPoints / 100 };
    case 'range':
      return { kind: 'range', low: measure.lowBasisPoints / 100, high: measure.highBasisPoints / 100 };
    case 'quantity': {
      const { done, upTo, of, unit } = measure;
      return {
        kind: 'quantity',
        done: decimalText(done),
        ...(upTo ? { upTo: decimalText(upTo) } : {}),
        ...(of ? { of: decimalText(of) } : {}),
        unit,
      };
    }
    case 'word':
      return { kind: 'word', word: measure.word, said: measure.said };
    default:
      return measure;
  }
}
