import type { Fact } from './fact.js';
import { forecastGiven } from './forecast-given.js';
import { investmentReported } from './investment-reported.js';
import { milestoneReached } from './milestone-reached.js';
import { moneyReported } from './money-reported.js';
import { noChangeReported } from './no-change-reported.js';
import { progressMeasured } from './progress-measured.js';
import { stageEntered } from './stage-entered.js';
import { stallCleared } from './stall-cleared.js';
import { stallDeclared } from './stall-declared.js';

/** Every kind of fact, by the type under which it is stored; this is the only list of them. */
export const facts = {
  MilestoneReached: milestoneReached,
  ProgressMeasured: progressMeasured,
  InvestmentReported: investmentReported,
  MoneyReported: moneyReported,
  StallDeclared: stallDeclared,
  StallCleared: stallCleared,
  ForecastGiven: forecastGiven,
  StageEntered: stageEntered,
  NoChangeReported: noChangeReported,
} as const;

export type FactType = keyof typeof facts;

/** By type: what is stored. */
export type FactData = {
  [T in FactType]: (typeof facts)[T] extends Fact<infer Data, infer _Stated> ? Data : never;
};

/** By type: what a caller states. */
export type StatedData = {
  [T in FactType]: (typeof facts)[T] extends Fact<infer _Data, infer Stated> ? Stated : never;
};
