import { type RuleKind, ruleKinds, type Severity, severities } from '../../../domain/governance/rules.js';
import type { Day } from '../../../domain/values/days/calendar.js';
import { omitUndefined } from '../../../domain/values/omit-undefined.js';
import {
  type AlertFilter,
  type AlertState,
  alertStates,
  type DueSection,
  dueSections,
} from '../../app/alerts/alerts.js';
import type { StreamLanguage } from '../alert-stream/frames.js';
import { Member, Optional } from '../validation/member.js';
import { day, oneOf, slug, text } from '../validation/rules.js';
import { position } from './known-at.js';
import { After, Cursor, KnownAt, Limit } from './moment.js';

/** The `knownAt` part of a URL. */
export class KnownQuery {
  @KnownAt
  knownAt?: string;

  @After
  after?: string;
}

const status = oneOf(['open', 'cleared']);

/** Members that a list, a count and a stream have. */
const OfProject = Optional(slug(3), 'Only alerts of this project.');
const OfDistrict = Optional(text(200), 'Only alerts of projects of this district.');
const OfSector = Optional(text(200), 'Only alerts of projects of this sector.');
const OfRule = Optional(oneOf(ruleKinds), 'Only alerts of this rule.');
const OfSeverity = Optional(oneOf(severities), 'Only alerts of this severity.');
const AtLeast = Optional(oneOf(severities), 'Only alerts that are this severe or more.');

/** The filter for counting alerts. */
export class AlertCountQuery extends KnownQuery {
  @Optional(status, 'Only alerts that stand, or only those that are cleared.')
  status?: 'open' | 'cleared';

  @OfProject
  project?: string;

  @OfDistrict
  district?: string;

  @OfSector
  sector?: string;

  @OfRule
  rule?: RuleKind;

  @AtLeast
  atLeast?: Severity;

  @OfSeverity
  severity?: Severity;
}

export class AlertsQuery extends AlertCountQuery {
  @Cursor
  cursor?: string;

  @Limit
  limit?: string;
}

export class AlertNeedsQuery extends KnownQuery {
  @OfDistrict
  district?: string;

  @OfSector
  sector?: string;

  @Limit
  limit?: string;
}

/** What is listed of the open alerts by project. */
export class AlertsByProjectQuery extends KnownQuery {
  @OfProject
  project?: string;

  @OfDistrict
  district?: string;

  @OfSector
  sector?: string;

  @AtLeast
  atLeast?: Severity;

  @Optional(
    oneOf(alertStates),
    'Only alerts that nobody has answered, that an owner answers, or that are quiet.',
  )
  state?: AlertState;

  @Optional(oneOf(dueSections), 'Only alerts to be answered by then, counted from today.')
  due?: DueSection;

  @OfSeverity
  severity?: Severity;

  @OfRule
  rule?: RuleKind;

  @Optional(text(100), 'Only alerts that are the duty of this role.')
  role?: string;

  @Optional(text(200), 'Only alerts whose project, rule, reason or owner has this in its words.')
  find?: string;

  @Cursor
  cursor?: string;

  @Limit
  limit?: string;
}

/** The filter of a stream; it checks the alert right after each event. */
export class AlertStreamQuery {
  @Optional(status, 'Only events that leave an alert open, or only those that clear one.')
  status?: 'open' | 'cleared';

  @OfProject
  project?: string;

  @OfDistrict
  district?: string;

  @OfSector
  sector?: string;

  @OfRule
  rule?: RuleKind;

  @AtLeast
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

/** An acknowledgement of an alert. */
export class Acknowledgement {
  @Member(text(200), 'Who answers for it.')
  name!: string;

  @Member(day, 'By when; the ladder waits until then. Today or later.')
  dueOn!: Day;

  @Optional(text(2_000, { isNote: true }), 'What is being done.')
  note?: string;
}

/** A silence of an alert. */
export class SilenceSaid {
  @Member(day, 'The last day of the silence; today or later.')
  until!: Day;

  @Member(text(500, { isNote: true }), 'Why.')
  reason!: string;
}

/** The filter of a list or a stream. */
export function alertFilterOf(query: AlertCountQuery | AlertStreamQuery): AlertFilter {
  const { status, project, district, sector, rule, atLeast } = query;
  const severity = 'severity' in query ? query.severity : undefined;
  return omitUndefined({ status, project, district, sector, rule, atLeast, severity });
}

/** What is chosen of the open alerts by project. */
export function alertsChosenIn(query: AlertsByProjectQuery) {
  const { state, due, role, find } = query;
  return omitUndefined({ ...alertFilterOf(query), state, due, role, find });
}
