import type { StallCause } from '../../../domain/project/events.js';

/** The progress of an item, as entered in the form and accepted by the service. */
export type MeasureSaid =
  | { kind: 'percent'; percent: number }
  | { kind: 'count'; done: number; of?: number; unit?: string }
  | { kind: 'storeys'; reached: number; of?: number }
  | { kind: 'word'; word: string; said: string };

/** A fact in the form the service accepts, with its day and a remark. */
export type FactSaid = { asOf: string; note?: string } & (
  | { type: 'MilestoneReached'; item: string; step?: string }
  | { type: 'ProgressMeasured'; item: string; step?: string; measure: MeasureSaid }
  | {
      type: 'InvestmentReported';
      amount: { amount: string; unit: string };
      span: 'since-start' | 'year' | 'month';
    }
  | { type: 'StallDeclared'; cause: StallCause; from?: string }
  | { type: 'StallCleared'; stall: string }
  | { type: 'ForecastGiven'; target: string; earliest: string; latest: string; reason?: string }
  | { type: 'NoChangeReported'; from: string; to: string }
);

/** The subject of a fact: an item, or the whole project. */
export function whatOf(fact: FactSaid): string {
  switch (fact.type) {
    case 'MilestoneReached':
    case 'ProgressMeasured':
      return fact.item;
    case 'InvestmentReported':
      return 'Money';
    case 'StallDeclared':
      return 'Stall';
    case 'StallCleared':
      return 'Resumed';
    case 'ForecastGiven':
      return 'Forecast';
    case 'NoChangeReported':
      return 'NoChange';
  }
}
