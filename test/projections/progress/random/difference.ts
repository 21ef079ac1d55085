import { type Entry, history } from '../../../support/entries.js';
import { progressOf } from '../models.js';
import type { NaiveProgress } from '../naive/naive.js';
import { naiveProgress } from '../naive/naive.js';
import { factsOf } from '../said.js';

/** A point of both clocks: how many entries were known, and the day. */
export interface Point {
  known: number;
  asOf: string;
}

/** Where the projection differs from the definition, in one readable text; undefined where they agree. */
export function differenceAt(entries: readonly Entry[], { known, asOf }: Point): string | undefined {
  const facts = factsOf(history(...entries).slice(0, known));
  return difference(naiveProgress(facts, asOf), progressOf(facts, asOf));
}

/** The first difference of two results; figures within a millionth of a basis point are the same. */
function difference(one: NaiveProgress, other: NaiveProgress): string | undefined {
  for (const [node, { low, point, high }] of Object.entries(other.nodes)) {
    const expected = one.nodes[node];
    const figures = [low, point, high];
    const isSame =
      expected !== undefined &&
      [expected.low, expected.point, expected.high].every(
        (figure, i) => Math.abs(figure - (figures[i] ?? Number.NaN)) < 1e-4,
      );
    if (!isSame)
      return `${node}: by definition ${shown(expected && [expected.low, expected.point, expected.high])}, by the projection ${shown(figures)}`;
  }
  if (Math.abs(one.coverage - other.coverage) > 1e-9)
    return `coverage: by definition ${one.coverage}, by the projection ${other.coverage}`;
  const [told, found] = [contradictions(one), contradictions(other)];
  const missing = told.find((text, i) => text !== found[i]) ?? found[told.length];
  return missing === undefined
    ? undefined
    : `contradictions: by definition ${JSON.stringify(told)}, by the projection ${JSON.stringify(found)}`;
}

/** A history without the entries that the difference does not need, and the point at its end. */
export function shrunk(entries: readonly Entry[], point: Point): { entries: Entry[]; asOf: string } {
  let left = entries.slice(0, point.known);
  const differs = (fewer: readonly Entry[]) =>
    differenceAt(fewer, { known: fewer.length, asOf: point.asOf }) !== undefined;
  for (let isSmaller = true; isSmaller; ) {
    isSmaller = false;
    for (let index = left.length - 1; index >= 0; index--) {
      const fewer = left.toSpliced(index, 1);
      if (differs(fewer)) {
        left = fewer;
        isSmaller = true;
      }
    }
    for (const [index, entry] of left.entries())
      for (const simpler of simplerPlans(entry)) {
        const fewer = left.with(index, simpler);
        if (!differs(fewer)) continue;
        left = fewer;
        isSmaller = true;
        break;
      }
  }
  return { entries: left, asOf: point.asOf };
}

/** One line an entry: its day, id, and what it says. */
export function readable(entries: readonly Entry[]): string {
  return entries
    .map(({ type, data, entry, id }) => {
      const corrects = entry.corrects === undefined ? '' : ` corrects ${entry.corrects}`;
      const text =
        type === 'PlanAdopted'
          ? data.items.map(({ name, ...item }) => JSON.stringify(item)).join('\n      ')
          : JSON.stringify(data);
      return `  ${id} ${entry.asOf} ${type}${corrects} ${text}`;
    })
    .join('\n');
}

/** The plan with one item less, or with an item without its links. */
function simplerPlans(entry: Entry): Entry[] {
  if (entry.type !== 'PlanAdopted') return [];
  const { items } = entry.data;
  const others = items.flatMap((item) => {
    const below = (id: string): string[] => [
      id,
      ...items.filter(({ parent }) => parent === id).flatMap((part) => below(part.id)),
    ];
    const gone = below(item.id);
    const { after, states, stage, ...plain } = item;
    const fewer = items
      .filter(({ id }) => !gone.includes(id))
      .map(({ after: links, ...one }) =>
        links ? { ...one, after: links.filter((id) => !gone.includes(id)) } : one,
      );
    const unlinked = after || states || stage ? [items.map((one) => (one === item ? plain : one))] : [];
    return [fewer, ...unlinked];
  });
  return others.map((plan) => ({ ...entry, data: { ...entry.data, items: plan } }));
}

function contradictions({ contradictions: all }: NaiveProgress): string[] {
  return all
    .map(
      ({ kind, node, day, settledBy }) =>
        `${kind} ${node} ${day}${settledBy === undefined ? '' : ` settled by ${settledBy}`}`,
    )
    .sort();
}

function shown(figures: readonly number[] | undefined): string {
  return figures ? figures.map((figure) => Math.round(figure * 100) / 10_000).join('/') : 'nothing';
}
