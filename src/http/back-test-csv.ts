import type { BackTest, WouldBe } from '../../projections/alerts/back-test.js';
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

/** A back-test as CSV (RFC 4180), a line for each alert: those of the candidate, then those that only the adopted rules raise. */
export function backTestCsv({ alerts, missed }: BackTest, language: Language): string {
  const lines = [
    head,
    ...alerts.map((alert) => cellsOf('candidate', alert, language)),
    ...missed.map((alert) => cellsOf('adopted', alert, language)),
  ];
  // The mark at the start has spreadsheets read Chinese as UTF-8.
  return `\uFEFF${lines.map((cells) => `${cells.map(cellText).join(',')}\r\n`).join('')}`;
}

function cellsOf(rules: string, alert: WouldBe, language: Language): (string | number | null)[] {
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

/** A cell that no spreadsheet takes for a formula. */
function cellText(value: string | number | null): string {
  if (typeof value === 'number') return String(value);
  const plain = value ?? '';
  const safe = /^[=+\-@\t\r]/.test(plain) ? `'${plain}` : plain;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
