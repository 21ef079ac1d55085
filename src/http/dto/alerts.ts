import { type RuleKind, ruleKinds, type Severity, severities } from '../../../domain/governance/rules.js';
import type { Day } from '../../../domain/values/calendar.js';
import { omitUndefined } from '../../../domain/values/omit-undefined.js';
import type { AlertFilter } from '../../app/alerts/alerts.js';
import type { StreamLanguage } from '../alert-stream/frames.js';
import { limit, moment, position } from '../routes/moment.js';
import { Member, Optional } from '../validation/member.js';
import { day, oneOf, slug, text } from '../validation/rules.js';

/** What was known, as an address asks for it. */
export class KnownQuery {
  @Optional(
    moment,
    'What was known: up to a position of the log or an instant, inclusive; everything when absent.',
  )
  knownAt?: string;

  @Optional(position, 'Waits up to 2 s until this position can be read.')
  after?: string;
}

const status = oneOf(['open', 'cleared']);
const rule = oneOf(ruleKinds);
const severity = oneOf(severities);

/** Which alerts are counted. */
export class AlertCountQuery extends KnownQuery {
  @Optional(status, 'Only alerts that stand, or only those that are cleared.')
  status?: 'open' | 'cleared';

  @Optional(slug(3), 'Only alerts of this project.')
  project?: string;

  @Optional(text(200), 'Only alerts of projects of this district.')
  district?: string;

  @Optional(text(200), 'Only alerts of projects of this sector.')
  sector?: string;

  @Optional(rule, 'Only alerts of this rule.')
  rule?: RuleKind;

  @Optional(severity, 'Only alerts that are this severe or more.')
  atLeast?: Severity;
}

export class AlertsQuery extends AlertCountQuery {
  @Optional(text(200), 'The "next" of the page before.')
  cursor?: string;

  @Optional(limit, 'How many at most; 100 when absent.')
  limit?: string;
}

/** Which happenings a stream tells; the filters look at the alert as it was right after each. */
export class AlertStreamQuery {
  @Optional(status, 'Only what leaves an alert standing, or only what clears one.')
  status?: 'open' | 'cleared';

  @Optional(slug(3), 'Only alerts of this project.')
  project?: string;

  @Optional(text(200), 'Only alerts of projects of this district.')
  district?: string;

  @Optional(text(200), 'Only alerts of projects of this sector.')
  sector?: string;

  @Optional(rule, 'Only alerts of this rule.')
  rule?: RuleKind;

  @Optional(severity, 'Only alerts that are this severe or more.')
  atLeast?: Severity;

  @Optional(
    position,
    'Tells what came after this position; Last-Event-ID goes before it. From now on when both are absent.',
  )
  after?: string;

  @Optional(
    oneOf(['en', 'zh', 'both']),
    'The language of the words, or both beside each other; by Accept-Language when absent.',
  )
  language?: StreamLanguage;
}

/** Somebody takes an alert on. */
export class Acknowledgement {
  @Member(text(200), 'Who answers for it.')
  name!: string;

  @Member(day, 'By when; the ladder waits until then. Today or later.')
  dueOn!: Day;

  @Optional(text(2_000, { isNote: true }), 'What is being done.')
  note?: string;
}

/** Nobody is told of an alert for a while. */
export class SilenceSaid {
  @Member(day, 'The last day on which it is not told; today or later.')
  until!: Day;

  @Member(text(500, { isNote: true }), 'Why.')
  reason!: string;
}

/** The filter of a list or a stream. */
export function alertFilterOf(query: AlertCountQuery | AlertStreamQuery): AlertFilter {
  const { status, project, district, sector, rule, atLeast } = query;
  return omitUndefined({ status, project, district, sector, rule, atLeast });
}
