import type { StallCause } from '../../../domain/project/events.js';

/** How far an item is, as the form says it and the service takes it. */
export type MeasureSaid =
  | { kind: 'percent'; percent: number }
  | { kind: 'count'; done: number; of?: number; unit?: string }
  | { kind: 'storeys'; reached: number; of?: number }
  | { kind: 'word'; word: string; said: string };

/** A fact as the service takes it, with its day and a remark. */
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

/** What a fact is about: an item, or the whole project. */
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
