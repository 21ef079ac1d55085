import { markedDay } from '../../../domain/values/day-marks.js';
import { bracketed, labelled, listed } from '../../../domain/values/punctuation.js';
import type { Changes, ContradictionShown, Entry, Portfolio } from '../client/answers.js';
import { entryText } from '../commands/journal.js';
import type { Language } from '../terminal.js';
import { instant, money, percent } from '../views/figures.js';
import { changedParts } from '../views/project/changes.js';
import { plain, table } from '../views/table.js';
import { columns, either, label, term } from '../views/words.js';
import type { Replayed, Step } from './steps.js';

/** The contradictions that are open before and after a step. */
export interface OpenContradictions {
  from: number;
  to: number;
  /** Those that are open since. */
  opened: ContradictionShown[];
}

/** `Step 2 of 7: 2018-06-30, 3 entries`. */
function headText(step: Step<Replayed>, place: number, of: number, language: Language): string {
  const { day, entries, to } = step;
  const at = /^\d+$/.test(to) ? either(language, `, position ${to}`, `，位置 ${to}`) : '';
  const count = entries.length;
  return either(
    language,
    `Step ${place + 1} of ${of}: ${day}${at}, ${count} ${count === 1 ? 'entry' : 'entries'}`,
    `第 ${place + 1} 步，共 ${of} 步：${day}${at}，${count} 条记录`,
  );
}

/** A step of a project: what came, by whom, and what it changed. */
export function projectStepText(
  step: Step<Entry>,
  { place, of }: { place: number; of: number },
  { changes, contradictions }: { changes: Changes; contradictions: OpenContradictions },
  language: Language,
): string {
  const came = step.entries.map(
    (entry) =>
      `> ${plain(entryText(entry, language))}\n  ${markedDay(entry.asOf, entry, language)} · ${[instant(entry.recordedAt), plain(entry.by)].join(either(language, ', ', '，'))} · ${entry.id}`,
  );
  const { from, to, opened } = contradictions;
  const against = [
    ...(from === to && opened.length === 0
      ? []
      : [labelled(label('contradictions', language), `${from} → ${to}`, language)]),
    ...opened.map(({ words }) => `  ! ${plain(words)}`),
  ];
  return [
    headText(step, place, of, language),
    came.join('\n'),
    ...changed(changes, language),
    against.join('\n'),
  ]
    .filter(Boolean)
    .join('\n\n');
}

/** What a step changed; the figures only where one of them moved. */
function changed(changes: Changes, language: Language): string[] {
  const [figures = '', ...others] = changedParts(changes, language);
  const { percent: ofPercent, floor, ceiling } = changes.completion;
  const isMoved = [ofPercent, floor, ceiling].some(({ byBasisPoints }) => byBasisPoints !== 0);
  return [isMoved ? figures : either(language, 'No percentage moved.', '形象进度没有变化。'), ...others];
}

/** A step of the district: which projects reported, and the totals before and after. */
export function districtStepText(
  step: Step<Replayed & { project: string }>,
  { place, of }: { place: number; of: number },
  { from, to }: { from: Portfolio; to: Portfolio },
  language: Language,
): string {
  const counts = new Map<string, number>();
  for (const { project } of step.entries) counts.set(project, (counts.get(project) ?? 0) + 1);
  const came = [...counts].map(([project, count]) => `> ${labelled(project, String(count), language)}`);
  const before = new Map(totalRows(from, language));
  const rows = totalRows(to, language).map(([name, shown]) => [name, before.get(name) ?? '-', shown]);
  const totals = table(columns(['figure', 'from', 'to'], language, ['from', 'to']), rows);
  return [headText(step, place, of, language), came.join('\n'), totals].join('\n\n');
}

/** The totals of all projects, by their names. */
function totalRows({ total }: Portfolio, language: Language): [string, string][] {
  const { projects, completion, investment, stalled, lights, openContradictions } = total;
  const { percentBasisPoints, floorBasisPoints, ceilingBasisPoints } = completion;
  const share = (basisPoints: number | null) => (basisPoints === null ? '-' : percent(basisPoints, language));
  return [
    [label('projects', language), String(projects)],
    [label('percent', language), share(percentBasisPoints)],
    [label('stated', language), share(floorBasisPoints)],
    [label('atMost', language), share(ceilingBasisPoints)],
    ...investment.map(({ basis, currency, sinceStartMinor }): [string, string] => [
      bracketed(label('invested', language), listed([term(basis, language), currency], language), language),
      money(sinceStartMinor, currency, language),
    ]),
    [label('stalled', language), String(stalled.works + stalled.production + stalled.staffing)],
    ...(['red', 'yellow', 'blue'] as const).map((light): [string, string] => [
      label(light, language),
      String(lights[light]),
    ]),
    [label('contradictions', language), String(openContradictions)],
  ];
}
