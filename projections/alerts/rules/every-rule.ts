import type { RuleKind } from '../../../domain/governance/rules.js';
import { behindPlan } from './behind-plan.js';
import { declaredStall } from './declared-stall.js';
import { dueSoon } from './due-soon.js';
import { forecastMissed } from './forecast-missed.js';
import { forecastSlip } from './forecast-slip.js';
import type { EvaluateRule } from './found.js';
import { itemOverdue, notStarted } from './late-works.js';
import { moneyGap } from './money-gap.js';
import { notRegistered } from './not-registered.js';
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
  'forecast-missed': forecastMissed,
  'forecast-slip': forecastSlip,
  'money-gap': moneyGap,
  'not-registered': notRegistered,
  'due-soon': dueSoon,
};

/** True unless the project is cancelled. */
export function isWatched({ stage }: RuleInput): boolean {
  return stage !== 'cancelled';
}
