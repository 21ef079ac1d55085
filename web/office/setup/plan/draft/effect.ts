import type { AdoptedLexicon } from '../../../../../domain/governance/lexicons.js';
import type { AdoptedRules, Severity } from '../../../../../domain/governance/rules.js';
import { type RecordedEvent, streamOf } from '../../../../../domain/project/events.js';
import type { Day } from '../../../../../domain/values/days/calendar.js';
import type { Changes } from '../../../../../projections/changes/changes.js';
import { changes } from '../../../../../projections/changes/changes.js';
import type { ItemCompletion } from '../../../../../projections/completion/completion.js';
import { Replay } from '../../../../shared/replay/replay.js';
import type { Items } from './tree.js';

/** The effect of a plan on today's figures. */
export interface Effect {
  completion: Changes['completion'];
  /** Items whose figures change. */
  items: Changes['items'];
  /** Items with entries that the new plan does not name, so that they no longer count. */
  lost: ItemCompletion[];
  /** The number of due alerts by severity, before and after. */
  due: { before: Record<Severity, number>; after: Record<Severity, number> };
  plannedItems: { before: number; after: number };
}

/** The events to fold a project from, and the last day. */
export interface Known {
  project: string;
  entries: readonly RecordedEvent[];
  rules: AdoptedRules | undefined;
  lexicon: AdoptedLexicon | undefined;
  today: Day;
}

/**
 * Folds the project with and without a draft plan; undefined for an unknown project.
 *
 * @param asOf the day from which the plan would count
 */
export function planEffect(
  { project, entries, rules, lexicon, today }: Known,
  items: Items,
  asOf: Day,
): Effect | undefined {
  const last = entries.at(-1);
  if (!last) return undefined;
  const adoption = {
    id: 'draft',
    stream: streamOf(project),
    revision: last.revision + 1,
    position: last.position + 1,
    schema: 1,
    recordedAt: last.recordedAt,
    by: '',
    type: 'PlanAdopted',
    entry: { asOf, precision: 'day', source: { kind: 'system' } },
    data: { items: [...items], basis: 'stated', version: Number.MAX_SAFE_INTEGER },
  } satisfies RecordedEvent<'PlanAdopted'>;
  const adoptions = [rules && { position: 0, rules }, lexicon && { position: 0, lexicon }].filter(
    (one) => one !== undefined,
  );
  const [was, will] = [new Replay(entries, adoptions), new Replay([...entries, adoption], adoptions)];
  const [before, after] = [was.at(today), will.at(today)];
  const [stateBefore, stateAfter] = [was.stateAt(), will.stateAt()];
  if (!before || !after || !stateBefore || !stateAfter) return undefined;
  const found = changes({ state: stateBefore, asOf: today }, { state: stateAfter, asOf: today });
  const unplanned = new Set(after.completion.items.flatMap(({ item, isPlanned }) => (isPlanned ? [] : item)));
  return {
    completion: found.completion,
    items: found.items,
    // With the names of the plan that had them.
    lost: before.completion.items.filter(({ item, isPlanned }) => isPlanned && unplanned.has(item)),
    due: { before: countsOf(before.alerts.due), after: countsOf(after.alerts.due) },
    plannedItems: { before: before.completion.plannedItems, after: after.completion.plannedItems },
  };
}

function countsOf(due: readonly { severity: Severity | null }[]): Record<Severity, number> {
  const counts = { blue: 0, yellow: 0, red: 0 };
  for (const { severity } of due) if (severity) counts[severity] += 1;
  return counts;
}
