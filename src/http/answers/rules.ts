import type {
  AdoptedRules,
  Duty,
  Exemption,
  LadderStep,
  Rule,
  Where,
} from '../../../domain/governance/rules.js';
import type { Names } from '../../../domain/project/events.js';
import type { WorkCalendar } from '../../../domain/values/working-days.js';
import type { BackTest, BackTestSide, WouldBe } from '../../../projections/alerts/back-test.js';
import type { RulesVersion } from '../../app/governance/governance.js';
import { rule, severity, subject } from './alerts.js';
import { name } from './common.js';
import type { Localised } from './language.js';
import {
  absent,
  boolean,
  day,
  instant,
  integer,
  list,
  object,
  orNull,
  ref,
  type Schema,
  string,
  uuid,
  words,
} from './schema.js';

const where = object<Where>({ project: absent(string), district: absent(string), sector: absent(string) });
const threshold: Schema = {
  oneOf: [
    object<{ days: number }>({ days: integer }),
    object<{ months: number }>({ months: integer }),
    object<{ points: number }>({ points: integer }),
  ],
};
const severityCounts: Schema = {
  ...object<BackTestSide['bySeverity']>({ blue: integer, yellow: integer, red: integer }),
};

export const rules = {
  Rule: object<Rule>({
    rule,
    where: absent(where),
    isOff: absent(boolean),
    blue: absent(threshold),
    yellow: absent(threshold),
    red: absent(threshold),
    graceDays: absent(integer),
    marginPoints: absent(integer),
    blocks: absent(
      object<NonNullable<Rule['blocks']>>({ works: severity, production: severity, staffing: severity }),
    ),
  }),
  Rules: object<AdoptedRules>({
    version: integer,
    basis: string,
    rules: list(ref('Rule')),
    ladder: list(
      object<LadderStep>({
        severity,
        answerWithinDays: integer,
        duty: object<Duty>({ role: string, words: object<Required<Names>>({ en: string, zh: string }) }),
        remindEveryDays: integer,
      }),
    ),
    reopenWithinDays: integer,
    calendar: string,
    exemptions: list(
      object<Exemption>({ where, rules: absent(list(rule)), from: day, to: day, reason: string }),
    ),
  }),
  RulesVersion: object<RulesVersion>({
    rules: ref('Rules'),
    entry: {
      ...orNull(uuid),
      description: 'The event that adopted them; null for default rules before their first use.',
    },
    position: {
      ...orNull(integer),
      description: 'The position of that event; they are in force from there on.',
    },
    recordedAt: orNull(instant),
    by: orNull(string),
  }),
  RulesVersions: object<{ items: RulesVersion[] }>({ items: list(ref('RulesVersion')) }),
  RulesAdopted: object<RulesVersion & { outcome: 'recorded' | 'already-said' }>({
    rules: ref('Rules'),
    entry: orNull(uuid),
    position: orNull(integer),
    recordedAt: orNull(instant),
    by: orNull(string),
    outcome: words<'recorded' | 'already-said'>({ recorded: true, 'already-said': true }),
  }),
  WouldBe: object<Localised<WouldBe>>({
    project: string,
    name,
    names: ref('Names'),
    rule,
    subject,
    raisedOn: day,
    severity,
    escalated: list(object<WouldBe['escalated'][number]>({ to: severity, on: day })),
    clearedOn: orNull(day),
    reason: string,
    leadDays: { ...orNull(integer), description: 'Days to the next declared stall of the project.' },
    adoptedOn: { ...orNull(day), description: 'When the adopted rules raise it; null when never.' },
  }),
  BackTestSide: object<BackTestSide>({
    version: orNull(integer),
    alerts: integer,
    bySeverity: severityCounts,
    byRule: { type: 'object', description: 'Alerts by rule.' },
    stallsForeseen: integer,
    stalls: integer,
    medianLeadDays: orNull({ type: 'number' }),
    withoutStall: integer,
  }),
  BackTest: object<Localised<BackTest>>({
    from: day,
    to: day,
    projects: integer,
    candidate: ref('BackTestSide'),
    adopted: ref('BackTestSide'),
    alerts: list(ref('WouldBe')),
    missed: list(ref('WouldBe')),
  }),
  BackTestLine: {
    description: 'How far it is, in projects; last the result, or the problem that came in its place.',
    oneOf: [
      object<{ done: number; of: number }>({ done: integer, of: integer }),
      object<{ result: object }>({ result: ref('BackTest') }),
      object<{ csv: string }>({ csv: string }),
      object<{ problem: object }>({ problem: ref('Problem') }),
    ],
  } as Schema,
  Calendar: object<WorkCalendar>({
    name: string,
    freeWeekdays: list(integer),
    holidays: list(day),
    workdays: list(day),
  }),
  Calendars: object<{ items: WorkCalendar[] }>({ items: list(ref('Calendar')) }),
};
