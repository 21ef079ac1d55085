import type { BackTest, WouldBe } from '../../../projections/alerts/back-test.js';
import { type Cell, csvOf } from '../../../projections/words/csv.js';
import type { Language } from './language.js';

const head = [
  'rules',
  'project',
  'name',
  'rule',
  'subject',
  'subjectId',
  'raisedOn',
  'severity',
  'escalated',
  'clearedOn',
  'leadDays',
  'adoptedOn',
  'reason',
];

/** A back-test as CSV (RFC 4180), one line per alert: those of the candidate, then those that only the adopted rules raise. */
export function backTestCsv({ alerts, missed }: BackTest, language: Language): string {
  return csvOf([
    head,
    ...alerts.map((alert) => cellsOf('candidate', alert, language)),
    ...missed.map((alert) => cellsOf('adopted', alert, language)),
  ]);
}

function cellsOf(rules: string, alert: WouldBe, language: Language): Cell[] {
  const {
    project,
    name,
    rule,
    subject,
    raisedOn,
    severity,
    escalated,
    clearedOn,
    leadDays,
    adoptedOn,
    reason,
  } = alert;
  return [
    rules,
    project,
    name[language],
    rule,
    subject.kind,
    'id' in subject ? subject.id : '',
    raisedOn,
    severity,
    escalated.map(({ to, on }) => `${to} ${on}`).join('; '),
    clearedOn,
    leadDays,
    adoptedOn,
    reason[language],
  ];
}
