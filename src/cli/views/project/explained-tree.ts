import { markedDay } from '../../../../domain/values/day-marks.js';
import { bracketed, labelled } from '../../../../domain/values/punctuation.js';
import { exactText, exactWords, numberWords } from '../../../../projections/explanation/number-words.js';
import { provenanceWords } from '../../../../projections/words/source-words.js';
import type { Explained, ExplainedLine } from '../../client/answers.js';
import type { Language } from '../../terminal.js';
import { instant } from '../figures.js';
import { plain } from '../table.js';
import { either } from '../words.js';

type Entry = Explained['entries'][number];

/**
 * Nodes as a tree, the first one at the top: each number above what it follows from, the entries beside the numbers that
 * they state.
 */
export class ExplainedTree {
  private readonly shown = new Set<number>();
  private readonly entries: ReadonlyMap<string, Entry>;
  private readonly told = new Set<string>();

  /** @param calledAs the command that starts topout, where nodes are figures of projects that it explains */
  constructor(
    private readonly nodes: readonly ExplainedLine[],
    entries: readonly Entry[],
    private readonly language: Language,
    private readonly calledAs?: string,
  ) {
    this.entries = new Map(entries.map((entry) => [entry.id, entry]));
  }

  get text(): string {
    return [...this.of(0, '', 0)].join('\n');
  }

  private *of(place: number, weight: string, depth: number): Generator<string> {
    const { language, calledAs } = this;
    const node = this.nodes[place] as ExplainedLine;
    const exact = exactWords(node)?.[language];
    const marks = [
      ...(exact === undefined ? [] : [either(language, `exactly ${exact}`, `精确值 ${exact}`)]),
      ...(node.isImplied ? [either(language, 'implied', '推算')] : []),
    ];
    const number = numberWords(node)[language];
    const marked =
      marks.length === 0 ? number : bracketed(number, marks.join(either(language, ', ', '，')), language);
    const head = `${'  '.repeat(depth)}${weight}${labelled(plain(node.name), marked, language)}`;
    if (this.shown.has(place)) {
      yield `${head} ${either(language, '[explained above]', '〔见上文〕')}`;
      return;
    }
    this.shown.add(place);
    yield head;
    const inside = '  '.repeat(depth + 1);
    yield calledAs !== undefined && node.project !== undefined
      ? `${inside}${calledAs} explain ${node.project} ${node.figure}`
      : `${inside}${plain(node.words)}`;
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
    const recorded = [instant(entry.recordedAt), entry.by].join(either(language, ', ', '，'));
    yield `${inside}> ${plain(entry.words)}`;
    yield `${inside}  ${markedDay(entry.asOf, entry, language)} · ${either(language, `recorded ${recorded}`, `登记于 ${recorded}`)} · ${plain(provenanceWords(entry)[language])} · ${id}`;
    if ('quote' in source && source.quote) yield `${inside}  “${plain(source.quote)}”`;
  }
}
