import { markedDay, markedDayWords } from '../../../../domain/values/day-marks.js';
import { dayWords } from '../../../../domain/values/day-words.js';
import { bracketed, labelled } from '../../../../domain/values/punctuation.js';
import { alertFigure } from '../../../../projections/explanation/alert-figure.js';
import { provenanceWords } from '../../../../projections/words/source-words.js';
import type { AlertKnown, Entry, Happening } from '../../client/answers.js';
import type { Language, Terminal } from '../../terminal.js';
import { instant } from '../figures.js';
import { pairs, plain, table } from '../table.js';
import { columns, either, type Label, label, term } from '../words.js';
import {
  type AlertsOn,
  headlineText,
  ruleText,
  severityText,
  standingDays,
  untoldText,
} from './alert-words.js';

/** The data of the page of an alert. */
export interface AlertWhole {
  alert: AlertKnown;
  /** Its evidence, and the entries that cleared it. */
  evidence: readonly Entry[];
  /** All of its events, including notices, oldest first. */
  life: readonly Happening[];
  /** The notices, as a table. */
  notices: string;
}

/** One alert in full: reason, what would clear it, duty, evidence, history and notices. */
export function alertPage(
  { alert, evidence, life, notices }: AlertWhole,
  on: AlertsOn,
  terminal: Pick<Terminal, 'bold' | 'coloured' | 'calledAs'>,
  language: Language,
): string {
  const title = labelled(
    bracketed(alert.of.name || alert.project, alert.project, language),
    headlineText(alert, language),
    language,
  );
  const sections: [Label, string][] = [
    ['evidence', evidenceTable(alert, evidence, language)],
    ['life', lifeLines(life)],
    ['notices', notices],
  ];
  const shown = sections
    .filter(([, text]) => text !== '')
    .map(([name, text]) => `${terminal.bold(label(name, language))}\n${text}`);
  const head = pairs([...headRows(alert, on, language), ...explainedBy(alert, terminal.calledAs, language)]);
  const words = severityText(alert.severity, language);
  const coloured = head.replace(words, () => terminal.coloured(alert.severity, words));
  return [`${terminal.bold(plain(title))}\n${coloured}`, ...shown].join('\n\n');
}

/** The command that shows how an open alert was computed. */
function explainedBy(alert: AlertKnown, calledAs: string, language: Language): [string, string][] {
  if (alert.status !== 'open') return [];
  const command = `${calledAs} explain ${alert.project} ${alertFigure(alert)}`;
  return [[either(language, 'Explain', '计算依据'), command]];
}

function headRows(alert: AlertKnown, on: AlertsOn, language: Language): [string, string][] {
  const { deadline, acknowledged, silenced, cleared, rule, rulesVersion, opening } = alert;
  const line = (en: string, zh: string) => either(language, en, zh);
  const days = standingDays(alert, on.today);
  const isOpen = alert.status === 'open';
  const since = markedDayWords(alert.since, alert.sinceExactness);
  const day = (on: string) => dayWords(on)[language];
  const rows: [string, string][] = [
    [label('severity', language), severityText(alert.severity, language)],
    [label('standing', language), term(alert.status, language)],
    [
      label('since', language),
      line(`${since.en} (${days} ${days === 1 ? 'day' : 'days'})`, `${since.zh}（${days} 天）`),
    ],
    [line('Why', '原因'), alert.reason],
    [label('clears', language), alert.clears ?? ''],
    [
      label('deadline', language),
      deadline && isOpen
        ? line(
            `${day(deadline.dueOn)}: ${deadline.duty.words} (${deadline.duty.role})`,
            `${day(deadline.dueOn)}：${deadline.duty.words}（${deadline.duty.role}）`,
          )
        : '',
    ],
    [
      label('acknowledged', language),
      acknowledged
        ? [
            line(
              `${acknowledged.name}, by ${day(acknowledged.dueOn)}`,
              `${acknowledged.name}，${day(acknowledged.dueOn)}前答复`,
            ),
            acknowledged.note,
          ]
            .filter(Boolean)
            .join(': ')
        : '',
    ],
    [
      label('silenced', language),
      silenced
        ? line(
            `to ${day(silenced.until)} by ${silenced.by}: ${silenced.reason}`,
            `至 ${day(silenced.until)}，${silenced.by}：${silenced.reason}`,
          )
        : '',
    ],
    [label('marks', language), untoldText(alert, on, language)],
    [label('muted', language), alert.mutedBy && isOpen ? line(`by ${alert.mutedBy}`, alert.mutedBy) : ''],
    [
      label('cleared', language),
      cleared ? line(`${cleared.on}: ${cleared.reason}`, `${day(cleared.on)}：${cleared.reason}`) : '',
    ],
    [
      label('raised', language),
      `${day(alert.raisedOn)} (${instant(alert.raisedAt)})${opening > 1 ? line(`, opening ${opening}`, `，第 ${opening} 次`) : ''}`,
    ],
    [
      label('rule', language),
      line(
        `${rule} (${ruleText(rule, language)}), rules version ${rulesVersion}`,
        `${rule}（${ruleText(rule, language)}），第 ${rulesVersion} 版规则`,
      ),
    ],
    [label('id', language), alert.alert],
  ];
  return rows.filter(([, text]) => text !== '');
}

function evidenceTable(alert: AlertKnown, entries: readonly Entry[], language: Language): string {
  const known = new Map(entries.map((entry) => [entry.id, entry]));
  const ids = [...new Set([...alert.evidence, ...(alert.cleared?.evidence ?? [])])];
  if (ids.length === 0) return '';
  return table(
    columns(['asOf', 'by', 'what', 'source', 'entry'], language),
    ids.map((id) => {
      const entry = known.get(id);
      if (!entry) return ['', '', '', '', id];
      const day = markedDay(entry.asOf, entry, language);
      return [day, entry.by, entry.words, provenanceWords(entry)[language], id];
    }),
  );
}

function lifeLines(life: readonly Happening[]): string {
  return life
    .map(({ asOf, recordedAt, by, words }) => plain(`${asOf}  ${instant(recordedAt)}  ${by}  ${words}`))
    .join('\n');
}
