import { dayWords } from '../../../../domain/values/day-words.js';
import type { Tested } from '../../client/answers.js';
import type { Language, Terminal } from '../../terminal.js';
import { table } from '../table.js';
import { either, type Label, label } from '../words.js';
import { ruleText, severityText, subjectText } from './alert-words.js';

/** What rules would have raised, beside the adopted ones. */
export function testedPage(tested: Tested, terminal: Pick<Terminal, 'bold'>, language: Language): string {
  const { alerts, missed, projects, from, to } = tested;
  const line = (en: string, zh: string) => either(language, en, zh);
  const none = line('No alert would have been raised.', '不会发出任何预警。');
  const parts = [
    alerts.length === 0 ? none : wouldBeTable(alerts, language, true),
    `${terminal.bold(line('Both rule sets beside each other', '两套规则对比'))}\n${sidesTable(tested, language)}`,
    missed.length === 0
      ? line(
          'The adopted rules raise nothing that these rules do not.',
          '现行规则没有发出候选规则未发出的预警。',
        )
      : `${terminal.bold(line('Raised by the adopted rules only', '仅现行规则发出'))}\n${wouldBeTable(missed, language, false)}`,
    line(
      `${projects} projects evaluated from ${dayWords(from).en} to ${dayWords(to).en}. Nothing was recorded or sent.`,
      `已对 ${projects} 个项目自 ${dayWords(from).zh}至 ${dayWords(to).zh}进行判断。未作任何记录，也未通知任何人。`,
    ),
  ];
  return parts.join('\n\n');
}

function wouldBeTable(rows: Tested['alerts'], language: Language, hasAdopted: boolean): string {
  const heads: Label[] = ['raised', 'project', 'rule', 'target', 'severity', 'cleared', 'leadDays'];
  const columns = heads.map((name) => ({
    head: name === 'target' ? either(language, 'About', '对象') : label(name, language),
    align: name === 'leadDays' ? ('right' as const) : ('left' as const),
  }));
  const last = { head: either(language, 'Adopted rules on', '现行规则'), align: 'left' as const };
  return table(
    hasAdopted ? [...columns, last] : columns,
    rows.map(({ raisedOn, project, rule, subject, severity, escalated, clearedOn, leadDays, adoptedOn }) => [
      raisedOn,
      project,
      ruleText(rule, language),
      subjectText(subject, language),
      [
        severityText(severity, language),
        ...escalated.map(({ to, on }) => `${severityText(to, language)} ${on}`),
      ].join(' → '),
      clearedOn ?? '',
      leadDays === null ? '' : String(leadDays),
      ...(hasAdopted ? [adoptedOn ?? either(language, 'never', '从不')] : []),
    ]),
  );
}

function sidesTable({ candidate, adopted }: Tested, language: Language): string {
  const version = adopted.version;
  const rows: [string, (side: Tested['candidate']) => string][] = [
    [label('alerts', language), ({ alerts }) => String(alerts)],
    [
      either(language, 'Red, yellow, blue', '红、黄、蓝'),
      ({ bySeverity: { red, yellow, blue } }) => `${red}, ${yellow}, ${blue}`,
    ],
    [
      either(language, 'Declared stalls foreseen', '已预见的停工/受阻'),
      ({ stallsForeseen, stalls }) =>
        either(language, `${stallsForeseen} of ${stalls}`, `${stallsForeseen} / ${stalls}`),
    ],
    [
      either(language, 'Median lead days', '提前天数中位数'),
      ({ medianLeadDays }) => (medianLeadDays === null ? '-' : String(medianLeadDays)),
    ],
    [
      either(language, 'Without a stall after', '其后无停工/受阻'),
      ({ withoutStall }) => String(withoutStall),
    ],
  ];
  return table(
    [
      { head: '' },
      { head: label('candidate', language), align: 'right' },
      {
        head: either(language, `Adopted (version ${version})`, `现行（第 ${version} 版）`),
        align: 'right',
      },
    ],
    rows.map(([name, cell]) => [name, cell(candidate), cell(adopted)]),
  );
}
