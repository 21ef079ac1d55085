import { markedDayWords } from '../../../../domain/values/day-marks.js';
import { dayWords } from '../../../../domain/values/day-words.js';
import { labelled } from '../../../../domain/values/punctuation.js';
import { provenanceWords } from '../../../../projections/words/source-words.js';
import type { NotBegun, ReceiptAnswer } from '../../../http/routes/write.js';
import type { Entry, Item, JournalPage, Project } from '../../client/answers.js';
import { type Answer, Client } from '../../client/client.js';
import { nearNames } from '../../input/near-names.js';
import type { Language, Terminal } from '../../terminal.js';
import { momentLine, money, points, range } from '../figures.js';
import { plain } from '../table.js';
import { either, label } from '../words.js';
import { isOpen, withAllOpen } from './contradictions.js';

/** The logged entry, and the point at which its effect can be requested. */
interface Logged {
  client: Client;
  terminal: Terminal;
  project: string;
  item: string | undefined;
  language: Language;
}

/** A day after all entries, for which the journal omits none. */
const lastDay = '2199-12-31';

/** Prints the recorded entry, then each changed figure, then anything unusual about it. */
export async function reportLogged(
  logged: Logged,
  { body: receipt, isReplay }: Answer<ReceiptAnswer>,
): Promise<void> {
  const { client, terminal, project, language } = logged;
  const path = Client.path('projects', project);
  const recorded = [receipt, ...(receipt.also ?? [])];
  const last = String(Math.max(...recorded.map(({ position }) => position)));
  const page = { knownAt: last, after: last, asOf: lastDay, order: 'newest', limit: String(recorded.length) };
  const { items } = (await client.get<JournalPage>(`${path}/journal`, page)).body;
  for (const entry of items.toReversed()) {
    terminal.out(labelled(outcomeWords(receipt, isReplay, language), plain(entry.words), language));
    terminal.out(`  ${placeOf(entry, language)}`);
  }
  if (receipt.notBegun) terminal.out(notBegunText(receipt.notBegun, language));
  const at = async (knownAt: string) =>
    withAllOpen(client, path, (await client.get<Project>(path, { knownAt, after: last })).body);
  const isNew = receipt.outcome === 'recorded' && !isReplay;
  const after = isNew ? await at(last) : (await client.get<Project>(path)).body;
  if (isNew) terminal.out(movedText(await at(String(receipt.position - 1)), after, language));
  terminal.out(momentLine(after, {}, language));
  warnOfUnknownItem(logged, after.completion.items, receipt.id);
}

/** The entry of a project with an id, or undefined. */
export async function entryOf(client: Client, project: string, id: string): Promise<Entry | undefined> {
  const path = Client.path('projects', project, 'journal');
  const foundIn = ({ items }: JournalPage) => items.find((entry) => entry.id === id.toLowerCase());
  const query = { asOf: lastDay, order: 'newest' };
  return foundIn(await client.all<JournalPage>(path, query, (page) => foundIn(page) !== undefined));
}

/** Completion, money, stalls and contradictions, before and after. */
function movedText(before: Project, after: Project, language: Language): string {
  const [from, to] = [range(before.completion, language), range(after.completion, language)];
  const by = after.completion.percentBasisPoints - before.completion.percentBasisPoints;
  const stays = either(language, `stays at ${to}`, `仍为 ${to}`);
  const moved = `${from} → ${to}${by === 0 ? '' : `${either(language, ', ', '，')}${points(by, language)}`}`;
  const lines = [labelled(label('completion', language), from === to ? stays : moved, language)];
  const [invested, investedNow] = [investedText(before, language), investedText(after, language)];
  if (invested !== investedNow)
    lines.push(labelled(label('invested', language), `${invested} → ${investedNow}`, language));
  const [stalls, stallsNow] = [openStalls(before), openStalls(after)];
  if (stalls !== stallsNow)
    lines.push(labelled(label('stalls', language), `${stalls} → ${stallsNow}`, language));
  const known = new Set(before.contradictions.items.filter(isOpen).map(({ id }) => id));
  for (const { id, words } of after.contradictions.items.filter(isOpen)) {
    if (!known.has(id)) lines.push(labelled(label('contradictions', language), plain(words), language));
  }
  return lines.join('\n');
}

function investedText({ investment: { sinceStartMinor, currency } }: Project, language: Language): string {
  return sinceStartMinor === null || currency === null
    ? label('none', language)
    : money(sinceStartMinor, currency, language);
}

function openStalls({ stalls }: Project): number {
  return stalls.episodes.filter((episode) => episode.status === 'open').length;
}

function placeOf(entry: Entry, language: Language): string {
  const { id, position } = entry;
  const day = markedDayWords(entry.asOf, entry)[language];
  const from = plain(provenanceWords(entry)[language]);
  return either(
    language,
    `for ${day}, ${from}, entry ${id}, position ${position}`,
    `日期 ${day}，${from}，记录号 ${id}，位置 ${position}`,
  );
}

function notBegunText({ asOf, timeZone, words }: NotBegun, language: Language): string {
  return either(
    language,
    `Note: ${words.en} (${timeZone}); it counts from ${dayWords(asOf).en} on.`,
    `提示：${words.zh}（${timeZone}）；自 ${dayWords(asOf).zh}起计入。`,
  );
}

function outcomeWords({ outcome }: ReceiptAnswer, isReplay: boolean, language: Language): string {
  if (isReplay) return either(language, 'Was recorded before under this id', '此记录号先前已记录');
  if (outcome === 'already-said')
    return either(language, 'Was said before, nothing new recorded', '此前已有相同记录，未新增');
  return either(language, 'Recorded', '已记录');
}

/** The entry is kept whatever its item is called; a possible typo is reported immediately. */
function warnOfUnknownItem(
  { terminal, project, item, language }: Logged,
  items: readonly Item[],
  entry: string,
): void {
  if (item === undefined || items.some((one) => one.item === item && one.isPlanned)) return;
  const planned = items.filter((one) => one.isPlanned);
  const named = planned.map(({ item: id, names }) => ({
    id,
    names: [names.en, names.zh].filter((name) => name !== undefined),
  }));
  const near = nearNames(item, named);
  terminal.err(
    either(
      language,
      `Note: no plan of ${project} names an item "${plain(item)}"; the entry is kept and counts once a plan names it.`,
      `提示：${project} 的计划中没有工程项“${plain(item)}”；记录已保留，待计划列入后计入进度。`,
    ),
  );
  if (near.length > 0)
    terminal.err(either(language, `Did you mean: ${near.join(', ')}?`, `是否指：${near.join('、')}？`));
  const command = `${terminal.calledAs} log ${project} --withdraw ${entry} --reason TEXT`;
  terminal.err(either(language, `To take it back: ${command}`, `如需撤回：${command}`));
}
