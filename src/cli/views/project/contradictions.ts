import { markedDay } from '../../../../domain/values/day-marks.js';
import { settlingWords } from '../../../../projections/contradictions/settling.js';
import type { ContradictionShown, ContradictionsPage, Project } from '../../client/answers.js';
import type { WithAuthors } from '../../client/authors.js';
import type { Client } from '../../client/client.js';
import type { Language, Terminal } from '../../terminal.js';
import { plain, table } from '../table.js';
import { either, label } from '../words.js';

/** True for a contradiction that no entry has settled and nobody has explained. */
export function isOpen({ settledBy, state }: Pick<ContradictionShown, 'settledBy' | 'state'>): boolean {
  // A service of an earlier version knows no states.
  return settledBy === undefined && state !== 'explained';
}

/** The open contradictions of a project, each with what settles it, and how the others are shown. */
export function contradictionLines(
  { contradictions: { open, items } }: Project,
  project: string,
  terminal: Pick<Terminal, 'calledAs'>,
  language: Language,
): string {
  const lines = items
    .filter(isOpen)
    .map(
      (one) =>
        `${markedDay(one.since, one.sinceExactness, language)}  ${plain(one.words)}\n${indent}${settlingOf(one, language)}`,
    );
  const left = open - lines.length;
  if (left > 0) {
    const command = `${terminal.calledAs} show ${project} --contradictions`;
    lines.push(either(language, `${left} more: ${command}`, `另有 ${left} 条：${command}`));
  }
  return lines.join('\n');
}

const indent = ' '.repeat('2018-06-30  '.length);

/** What settles an open contradiction; a newer service may know a rule that this terminal does not. */
function settlingOf({ rule, settledBy }: ContradictionShown, language: Language): string {
  const words = settledBy === undefined ? settlingWords[rule] : undefined;
  return words?.[language] ?? '';
}

/** Contradictions, one line each, with what settled or settles them, to whom they are put, and how to name them. */
export function contradictionTable(
  items: readonly ContradictionShown[],
  author: WithAuthors,
  language: Language,
): string {
  if (items.length === 0) return label('none', language);
  return table(
    [
      { head: label('from', language) },
      { head: either(language, 'Status', '状态') },
      { head: label('contradictions', language) },
    ],
    items.map((one) => [
      markedDay(one.since, one.sinceExactness, language),
      stateWords(one, language),
      [plain(one.words), ...saidOf(one, author, language), settlingOf(one, language)]
        .filter((part) => part !== '')
        .join(language === 'zh' ? '' : ' '),
    ]),
  );
}

function stateWords({ state, settledBy }: ContradictionShown, language: Language): string {
  if (settledBy !== undefined) return either(language, `settled by ${settledBy}`, `已由 ${settledBy} 解决`);
  return state === 'explained' ? either(language, 'explained', '已说明') : either(language, 'open', '未解决');
}

/** Why it stays, or to whom it is put and under which id. */
function saidOf(
  { id, explanation, askedOf }: ContradictionShown,
  author: WithAuthors,
  language: Language,
): string[] {
  const why = explanation && { by: author(explanation).by, reason: plain(explanation.reason) };
  const asked = askedOf?.map((one) => author(one).by).join(language === 'zh' ? '、' : ', ');
  return [
    ...(why
      ? [either(language, `Explained by ${why.by}: ${why.reason}.`, `${why.by}说明：${why.reason}。`)]
      : []),
    ...(asked ? [either(language, `Put to ${asked}; id ${id}.`, `待${asked}答复；编号 ${id}。`)] : []),
  ];
}

/** A project with all of its open contradictions, even if its answer has only the first of them. */
export async function withAllOpen(client: Client, path: string, project: Project): Promise<Project> {
  const { open, items } = project.contradictions;
  if (items.filter(isOpen).length === open) return project;
  const query = { asOf: project.asOf, knownAt: String(project.knownAt.position) };
  const hasSettled = (page: ContradictionsPage) => !page.items.every(isOpen);
  const all = await client.all<ContradictionsPage>(`${path}/contradictions`, query, hasSettled);
  return { ...project, contradictions: { ...project.contradictions, items: all.items } };
}
