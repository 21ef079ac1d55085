import type { Day } from '../../domain/values/calendar.js';
import type { CompletionFact } from '../completion/completion.js';
import { type CompletionFigure, type CountedPart, countedParts } from '../completion/figure-evidence.js';
import type { Fact } from '../facts/facts.js';
import type { Changed } from './changed-entries.js';

interface Side {
  facts: readonly CompletionFact[];
  plan: Fact<'PlanAdopted'> | undefined;
  asOf: Day;
}

/** For each completion figure, the changed entries that moved it between two states under one plan, in log order. */
export function movedFigures(
  first: Side,
  second: Side,
  entries: readonly Changed[],
): (figure: CompletionFigure) => string[] {
  const [before, after] = [first, second].map(({ facts, plan, asOf }) =>
    byItem(countedParts(facts, plan, asOf)),
  );
  const stallOf = new Map(
    first.facts.flatMap((fact) => (fact.type === 'StallDeclared' ? [[fact.id, fact.data.stall]] : [])),
  );
  return (figure) => {
    const [lost, gained] = [new Set<string>(), new Set<string>()];
    for (const item of new Set([...(before?.keys() ?? []), ...(after?.keys() ?? [])])) {
      const [from, to] = [before?.get(item), after?.get(item)];
      if (from?.range[figure] === to?.range[figure]) continue;
      const [then, now] = [from, to].map((part) => part?.entries[figure] ?? []) as [string[], string[]];
      for (const id of then) if (!now.includes(id)) lost.add(id);
      for (const id of now) if (!then.includes(id)) gained.add(id);
    }
    const ended = new Set([...lost].map((id) => stallOf.get(id)));
    const moved = entries.filter((entry) => {
      if (entry.type === 'EntryWithdrawn') return lost.has(entry.data.entry);
      if (entry.type === 'StallCleared' && ended.has(entry.data.stall)) return true;
      return gained.has(entry.id);
    });
    // An older report that counts again was known before; the day alone added it.
    return moved.length > 0 ? moved.map(({ id }) => id) : [...gained];
  };
}

function byItem(parts: readonly CountedPart[]): ReadonlyMap<string, CountedPart> {
  return new Map(parts.map((part) => [part.item, part]));
}
