import type { ItemCompletion } from '../../projections/completion.js';
import type { JournalEntry } from '../../projections/journal.js';
import type { Moment, PageOf, ProjectAnswer, Receipt } from '../app/topout.js';
import { type Answer, Client } from './client.js';
import { money, points, range } from './figures.js';
import { momentLine } from './moment.js';
import { nearNames } from './near-names.js';
import { plain } from './table.js';
import type { Language, Terminal } from './terminal.js';
import { either, label, spoken } from './words.js';

/** The entry that was logged, and where its effect can be asked for. */
interface Logged {
  client: Client;
  terminal: Terminal;
  project: string;
  item: string | undefined;
  asOf: string;
  language: Language;
}

/** Prints what was recorded, then each figure that it moved, then what is odd about it. */
export async function reportLogged(
  logged: Logged,
  { body: receipt, isReplay }: Answer<Receipt>,
): Promise<void> {
  const { client, terminal, project, language } = logged;
  const path = Client.path('projects', project);
  const last = Math.max(receipt.position, ...receipt.also.map((entry) => entry.position));
  const at = async (position: number) =>
    (await client.get<ProjectAnswer>(path, { knownAt: String(position), after: String(last) })).body;
  const after = await at(last);
  const page = {
    knownAt: String(last),
    asOf: laterOf(after.asOf, logged.asOf),
    order: 'newest',
    limit: '100',
  };
  const { items } = (await client.get<Moment & PageOf<JournalEntry>>(`${path}/journal`, page)).body;
  const entries = [receipt, ...receipt.also].flatMap(({ id }) => items.filter((entry) => entry.id === id));
  for (const entry of entries) {
    terminal.out(`${outcomeWords(receipt, isReplay, language)}: ${spoken(entry.words, language)}`);
    const recordedAs = either(
      language,
      `for ${entry.asOf}, entry ${entry.id}, position ${entry.position}`,
      `日期 ${entry.asOf}，记录号 ${entry.id}，位置 ${entry.position}`,
    );
    terminal.out(`  ${recordedAs}`);
  }
  if (receipt.outcome === 'recorded' && !isReplay) {
    terminal.out(movedText(await at(receipt.position - 1), after, language));
  }
  terminal.out(momentLine(after, {}, language));
  warnOfUnknownItem(logged, after.completion.items, receipt.id);
}

/** Completion and money, before and after. */
export function movedText(before: ProjectAnswer, after: ProjectAnswer, language: Language): string {
  const [from, to] = [range(before.completion, language), range(after.completion, language)];
  const by = after.completion.percentBasisPoints - before.completion.percentBasisPoints;
  const completion =
    from === to
      ? either(language, `stays at ${to}`, `仍为 ${to}`)
      : `${from} → ${to}${by === 0 ? '' : `, ${points(by, language)}`}`;
  const lines = [`${label('completion', language)}: ${completion}`];
  const [invested, investedNow] = [investedText(before, language), investedText(after, language)];
  if (invested !== investedNow) lines.push(`${label('invested', language)}: ${invested} → ${investedNow}`);
  const [stalls, stallsNow] = [openStalls(before), openStalls(after)];
  if (stalls !== stallsNow) lines.push(`${label('stalls', language)}: ${stalls} → ${stallsNow}`);
  const [odd, oddNow] = [before.contradictions.open.length, after.contradictions.open];
  for (const { words } of oddNow.slice(odd))
    lines.push(`${label('contradictions', language)}: ${spoken(words, language)}`);
  return lines.join('\n');
}

function investedText(
  { investment: { sinceStartMinor, currency } }: ProjectAnswer,
  language: Language,
): string {
  return sinceStartMinor === null || currency === null
    ? label('none', language)
    : money(sinceStartMinor, currency, language);
}

function openStalls({ stalls }: ProjectAnswer): number {
  return stalls.episodes.filter((episode) => episode.status === 'open').length;
}

function outcomeWords({ outcome }: Receipt, isReplay: boolean, language: Language): string {
  if (isReplay || outcome === 'replayed')
    return either(language, 'Was recorded before under this id', '此记录号先前已记录');
  if (outcome === 'already-said')
    return either(language, 'Was said before, nothing new recorded', '此前已有相同记录，未新增');
  return either(language, 'Recorded', '已记录');
}

function warnOfUnknownItem(
  { terminal, project, item, language }: Logged,
  items: readonly ItemCompletion[],
  entry: string,
): void {
  const known = items.find((one) => one.item === item);
  if (item === undefined || known?.isPlanned) return;
  const planned = items.filter((one) => one.isPlanned);
  const near = nearNames(
    item,
    planned.map(({ item: id, name }) => ({
      id,
      names: [name.en, name.zh].filter((text) => text !== undefined),
    })),
  );
  const candidates =
    near.length > 0
      ? near.join(', ')
      : planned
          .slice(0, 5)
          .map((one) => one.item)
          .join(', ');
  const name = plain(item);
  terminal.err(
    either(
      language,
      `Note: no plan of ${project} names an item "${name}"; the entry is kept and counts once a plan names it.`,
      `提示：${project} 的计划中没有工程项“${name}”；记录已保留，待计划列入后计入进度。`,
    ),
  );
  if (candidates) terminal.err(either(language, `Did you mean: ${candidates}?`, `是否指：${candidates}？`));
  terminal.err(
    either(language, 'To take it back: ', '如需撤回：') +
      `topout log ${project} --withdraw ${entry} --reason TEXT`,
  );
}

function laterOf(a: string, b: string): string {
  return a > b ? a : b;
}
