import type { Uuid } from '../../domain/values/uuid.js';
import type { Words } from '../../domain/values/words.js';
import type { JournalEntry } from '../project/journal.js';
import type { NotUsedOf } from './not-used.js';
import { type Exact, halfUp, inText, type Ratio } from './terms/exact.js';
import { ruleWords } from './terms/rule-words.js';
import type { Term, TermBounds, TermRule, TermUnit } from './terms/term.js';

/**
 * One number of an explanation. It follows from its children alone by its rule, exactly; `shown` is it, rounded half up
 * to a whole number, and nothing else is rounded.
 */
export interface ExplainedNode extends Exact {
  name: Words;
  rule: TermRule;
  /** How it follows, in a sentence. */
  words: Words;
  unit: TermUnit;
  currency?: string;
  /** In basis points (85 % is 8500), minor units, days, or a day or a light as a number. */
  shown: number;
  /** The places of its parts in the list of nodes, each with its weight where the rule has weights. */
  children: { node: number; weight?: Exact }[];
  /** Of the rules `reached` and `exceeded`: the number that it is then. */
  level?: number;
  /** Of the rule `rest`: the sum of the weights, and its own weight. */
  weights?: { total: Exact; own: Exact };
  /** The entries that state it or rule it out. */
  entries?: readonly Uuid[];
  item?: string;
  step?: string;
  /** Low, point and high of the item, as shown, each with the entry that sets it. */
  bounds?: TermBounds;
  /** No entry states it; something else that was stated implies it. */
  isImplied?: true;
  /** The figure that explains it by itself; of another project where that is named. */
  figure?: string;
  project?: string;
}

/** A figure with everything that it follows from. */
export interface ExplanationOf<Entry> {
  figure: string;
  plan: { version: number; entry: Uuid } | null;
  lexiconVersion: number;
  rulesVersion: number;
  /** The figure itself comes first; a node that several others use is listed once. */
  nodes: ExplainedNode[];
  /** Every entry that a node names, in log order. */
  entries: Entry[];
  /** Entries of the project that do not count for the figure, the latest first. */
  notUsed: NotUsedOf<Entry>[];
  /** How many there are; the list ends with the first 200. */
  notUsedCount: number;
}

export type Explanation = ExplanationOf<JournalEntry>;

/** The nodes of a term, itself first. */
export function nodesOf(root: Term): ExplainedNode[] {
  const places = new Map<Term, number>();
  const terms: Term[] = [];
  const visit = (term: Term): void => {
    if (places.has(term)) return;
    places.set(term, terms.length);
    terms.push(term);
    for (const part of term.parts) visit(part.term);
  };
  visit(root);
  return terms.map((term) => nodeOf(term, places));
}

function nodeOf(term: Term, places: ReadonlyMap<Term, number>): ExplainedNode {
  const { name, rule, unit, currency, value, parts, weights, entries, about, bounds } = term;
  const { isImplied, figure, project, level } = term;
  return {
    name,
    rule,
    words: term.words ?? ruleWords(term),
    unit,
    ...(currency === undefined ? {} : { currency }),
    shown: halfUp(value),
    ...inText(value),
    children: parts.map(({ term: part, weight }) => ({
      node: places.get(part) as number,
      ...(weight ? { weight: inText(weight) } : {}),
    })),
    ...(level === undefined ? {} : { level }),
    ...(weights ? { weights: inTexts(weights) } : {}),
    ...(entries && entries.length > 0 ? { entries } : {}),
    ...about,
    ...(bounds ? { bounds } : {}),
    ...(isImplied ? { isImplied } : {}),
    ...(figure === undefined ? {} : { figure }),
    ...(project === undefined ? {} : { project }),
  };
}

function inTexts({ total, own }: { total: Ratio; own: Ratio }): { total: Exact; own: Exact } {
  return { total: inText(total), own: inText(own) };
}

/** Every entry that a term or one of its parts names. */
export function entriesIn(nodes: readonly ExplainedNode[]): Set<Uuid> {
  const found = new Set<Uuid>();
  for (const { entries = [], bounds } of nodes) {
    for (const entry of entries) found.add(entry);
    for (const bound of bounds ? [bounds.low, bounds.point, bounds.high] : [])
      if (bound.entry !== undefined) found.add(bound.entry);
  }
  return found;
}
