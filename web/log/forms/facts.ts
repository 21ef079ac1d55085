import type { StallCause } from '../../../domain/project/events.js';
import type { FactType } from '../../../domain/project/facts/facts.js';
import type { ForecastOf } from '../../../domain/project/facts/forecast-given.js';
import type { Change } from '../../../domain/project/facts/progress-measured.js';
import type { MoneySpan } from '../../../domain/project/facts/stated-money.js';
import type { SourceSaid } from './provenance.js';
import { wholes } from './wholes.js';

/** How far an item or the whole project is, as entered in the form and accepted by the service; amounts are digits. */
export type MeasureSaid =
  | { kind: 'percent'; percent: number }
  | { kind: 'range'; low: number; high: number }
  | { kind: 'count'; done: number; of?: number; unit?: string }
  | { kind: 'quantity'; done: string; upTo?: string; of?: string; unit: string }
  | { kind: 'storeys'; reached: number; of?: number; below?: number; isUnderWay?: true }
  | { kind: 'word'; word?: string; said: string };

/** A fact with a form of its own. */
type OwnFact =
  | { type: 'MilestoneReached'; item: string; step?: string }
  | { type: 'ProgressMeasured'; item?: string; step?: string; measure: MeasureSaid; change?: Change }
  | {
      type: 'InvestmentReported';
      /** With its unit in it, or beside the digits. */
      amount?: string | { amount: string; unit: string };
      span: MoneySpan;
      shareOfAnnualPlan?: number;
    }
  | { type: 'StallDeclared'; cause: StallCause; item?: string; from?: string; to?: string }
  | { type: 'StallCleared'; stall: string }
  | {
      type: 'ForecastGiven';
      target: string;
      what?: ForecastOf;
      when?: string;
      earliest?: string;
      latest?: string;
      reason?: string;
    }
  | { type: 'NoChangeReported'; from: string; to: string };

/** A fact of the generic form, by the members of its descriptor. */
export interface GenericFact {
  type: Exclude<FactType, OwnFact['type']>;
  [member: string]: unknown;
}

/** A fact in the form the service accepts, with its day, its source and a remark. */
export type FactSaid = { asOf: string; note?: string; place?: string; source?: SourceSaid } & (
  | OwnFact
  | GenericFact
);

/** The subject of a fact: an item, or the whole project. */
export function whatOf(fact: FactSaid): string {
  if ('item' in fact && fact.item !== undefined) return String(fact.item);
  return wholes.find(({ type }) => type === fact.type)?.what ?? fact.type;
}
