import type { FactType } from '../../../domain/project/facts/facts.js';
import type { ForecastOf } from '../../../domain/project/facts/forecast-given.js';
import type { Basis } from '../../../domain/project/facts/investment-reported.js';
import type { Change } from '../../../domain/project/facts/progress-measured.js';
import type { Blocked, StallCause } from '../../../domain/project/facts/stall-declared.js';
import type { MoneySpan } from '../../../domain/project/facts/stated-money.js';
import type { DaySaid } from './day.js';
import type { SourceSaid } from './provenance.js';

/** How far an item or the whole project is, as entered in the form and accepted by the service; amounts are digits. */
export type MeasureSaid =
  | { kind: 'percent'; percent: number }
  | { kind: 'range'; low: number; high: number }
  | { kind: 'count'; done: number; of?: number; unit?: string }
  | { kind: 'quantity'; done: string; upTo?: string; of?: string; unit: string }
  | { kind: 'storeys'; reached: number; of?: number; below?: number; isUnderWay?: true }
  | { kind: 'word'; word?: string; said: string };

/** An amount with its unit in it, or beside the digits. */
export type AmountSaid = string | { amount: string; unit: string };

/** A text in one language, or by language. */
export type TextSaid = string | { en?: string; zh?: string };

/** A fact whose members the pages know by name. */
type OwnFact =
  | { type: 'MilestoneReached'; item: string; step?: string }
  | { type: 'ProgressMeasured'; item?: string; step?: string; measure: MeasureSaid; change?: Change }
  | {
      type: 'InvestmentReported';
      amount?: AmountSaid;
      span: MoneySpan;
      period?: string;
      basis?: Basis;
      shareOfPlan?: number;
      shareOfAnnualPlan?: number;
      item?: string;
    }
  | {
      type: 'StallDeclared';
      cause: StallCause;
      item?: string;
      stall?: string;
      blocks?: Blocked[];
      from?: string;
      to?: string;
      expectedEnd?: string;
    }
  | { type: 'StallCleared'; stall: string }
  | {
      type: 'ForecastGiven';
      target: string;
      what?: ForecastOf;
      when?: string;
      earliest?: string;
      latest?: string;
      scope?: TextSaid;
      reason?: TextSaid;
    }
  | { type: 'NoChangeReported'; from: string; to: string };

/** A fact of the generic form, by the members of its descriptor. */
export interface GenericFact {
  type: Exclude<FactType, OwnFact['type']>;
  [member: string]: unknown;
}

/** A fact in the form the service accepts, with its day, its source and a remark. */
export type FactSaid = DaySaid & {
  note?: string;
  place?: string;
  onBehalfOf?: string;
  source?: SourceSaid;
} & (OwnFact | GenericFact);

/** A fact without the day, source and remark, which all forms share. */
export type Core = OwnFact | GenericFact;
