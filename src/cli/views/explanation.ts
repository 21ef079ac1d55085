import { markedDay } from '../../../domain/values/day-marks.js';
import { exactText, exactWords, numberWords } from '../../../projections/explanation/number-words.js';
import { provenanceWords } from '../../../projections/words/source-words.js';
import type { Explained, ExplainedLine } from '../client/answers.js';
import type { Language } from '../terminal.js';
import { instant } from './figures.js';
import { plain, table } from './table.js';
import { columns, either } from './words.js';

type Entry = Explained['entries'][number];

/** A figure as a tree: each number above what it follows from, the entries beside the numbers that they state. */
export function explanationText(explained: Explained, language: Language): string {
  const tree = new Tree(explained, language).lines();
  return [tree.join('\n'), notUsedText(explained, language), versionsText(explained, language)]
    .filter(Boolean)
    .join('\n\n');
}

class Tree {
  private readonly shown = new Set<number>();
  private readonly entries: ReadonlyMap<string, Entry>;
  private readonly told = new Set<string>();

  constructor(
    private readonly explained: Explained,
    private readonly language: Language,
  ) {
    this.entries = new Map(explained.entries.map((entry) => [entry.id, entry]));
  }

  lines(): string[] {
    return [...this.of(0, '', 0)];
  }

  private *of(place: number, weight: string, depth: number): Generator<string> {
    const { language } = this;
    const node = this.explained.nodes[place] as ExplainedLine;
    const exact = exactWords(node)?.[language];
    const marks = [
      ...(exact === undefined ? [] : [either(language, `exactly ${exact}`, `精确值 ${exact}`)]),
      ...(node.isImplied ? [either(language, 'implied', '推定')] : []),
    ];
    const beside = marks.length === 0 ? '' : ` (${marks.join(', ')})`;
    const head = `${'  '.repeat(depth)}${weight}${plain(node.name)}: ${numberWords(node)[language]}${beside}`;
    if (this.shown.has(place)) {
      yield `${head} ${either(language, '[explained above]', '〔见上文〕')}`;
      return;
    }
    this.shown.add(place);
    yield head;
    const inside = '  '.repeat(depth + 1);
    yield `${inside}${plain(node.words)}`;
    for (const id of node.entries ?? []) yield* this.entry(id, inside);
    for (const { node: child, weight: by } of node.children)
      yield* this.of(child, by ? `${exactText(by)} × ` : '', depth + 1);
  }

  private *entry(id: string, inside: string): Generator<string> {
    const { language } = this;
    const entry = this.entries.get(id);
    if (!entry) return;
    if (this.told.has(id)) {
      yield `${inside}> ${plain(entry.words)} ${either(language, `[entry ${id}]`, `〔记录 ${id}〕`)}`;
      return;
    }
    this.told.add(id);
    const { source } = entry;
    const recorded = `${instant(entry.recordedAt)}, ${entry.by}`;
    yield `${inside}> ${plain(entry.words)}`;
    yield `${inside}  ${markedDay(entry.asOf, entry, language)} · ${either(language, `recorded ${recorded}`, `登记于 ${recorded}`)} · ${plain(provenanceWords(entry)[language])} · ${id}`;
    if ('quote' in source && source.quote) yield `${inside}  “${plain(source.quote)}”`;
  }
}

function notUsedText({ notUsed, notUsedCount }: Explained, language: Language): string {
  if (notUsedCount === 0) return '';
  const count = notUsedCount === notUsed.length ? notUsedCount : `${notUsed.length} / ${notUsedCount}`;
  const head = either(language, `Entries that do not count for it: ${count}`, `未计入的记录：${count}`);
  const rows = notUsed.map(({ entry, words }) => [
    markedDay(entry.asOf, entry, language),
    entry.words,
    words,
    entry.id,
  ]);
  return `${head}\n${table(columns(['asOf', 'what', 'reason', 'entry'], language), rows)}`;
}

function versionsText({ plan, lexiconVersion, rulesVersion }: Explained, language: Language): string {
  const planned = plan
    ? either(language, `Plan version ${plan.version}`, `计划第 ${plan.version} 版`)
    : either(language, 'No plan', '无计划');
  return either(
    language,
    `${planned}, lexicon version ${lexiconVersion}, rules version ${rulesVersion}.`,
    `${planned}，词表第 ${lexiconVersion} 版，规则第 ${rulesVersion} 版。`,
  );
}
