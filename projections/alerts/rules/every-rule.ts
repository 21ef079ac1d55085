import type { RuleKind } from '../../../domain/governance/rules.js';
import { behindPlan } from './behind-plan.js';
import { declaredStall } from './declared-stall.js';
import { forecastSlip } from './forecast-slip.js';
import type { EvaluateRule } from './found.js';
import { itemOverdue, notStarted } from './late-works.js';
import { moneyGap } from './money-gap.js';
import type { RuleInput } from './rule-input.js';
import { silentStall, unreported } from './silence.js';
import { stageLate } from './stage-late.js';

/** How each rule is evaluated. */
export const evaluations: Readonly<Record<RuleKind, EvaluateRule>> = {
  'declared-stall': declaredStall,
  'silent-stall': silentStall,
  unreported,
  'behind-plan': behindPlan,
  'not-started': notStarted,
  'item-overdue': itemOverdue,
  'stage-late': stageLate,
  'forecast-slip': forecastSlip,
  'money-gap': moneyGap,
};

/** True unless the project is cancelled. */
export function isWatched({ stage }: RuleInput): boolean {
  return stage !== 'cancelled';
}
