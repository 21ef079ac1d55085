import type { Day } from '../../domain/values/days/calendar.js';
import { shippedLexicon } from '../../domain/values/lexicon.js';
import { Completed } from '../completion/completed.js';
import { boundOf, type CompletionFigure } from '../completion/figure-evidence.js';
import type { CompletionFact } from '../completion/reports.js';
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
  const [before, after] = [first, second].map(
    ({ facts, plan, asOf }) => new Completed(facts, plan, asOf, shippedLexicon),
  ) as [Completed, Completed];
  const stallOf = new Map(
    first.facts.flatMap((fact) => (fact.type === 'StallDeclared' ? [[fact.id, fact.data.stall]] : [])),
  );
  return (figure) => {
    const [lost, gained] = [new Set<string>(), new Set<string>()];
    const [then, now] = [before.partsOf(boundOf[figure]), after.partsOf(boundOf[figure])];
    for (const node of new Set([...then.keys(), ...now.keys()])) {
      const [from, to] = [then.get(node), now.get(node)];
      if (from?.value === to?.value) continue;
      for (const id of from?.entries ?? []) if (!to?.entries.includes(id)) lost.add(id);
      for (const id of to?.entries ?? []) if (!from?.entries.includes(id)) gained.add(id);
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
