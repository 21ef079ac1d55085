import type { AnyRecordedEvent } from '../../../domain/log/any-event.js';
import type { FactTable } from '../../../domain/project/facts/fact.js';
import { type Project, replay, type Said } from '../../../domain/project/project.js';
import { EventIdReused } from '../../event-store/errors.js';
import type { Appended, EventStore, NewEvent } from '../../event-store/event-store.js';
import type { Step } from '../queries/asked.js';
import type { Receipt } from '../topout.js';
import { receipt } from './receipts.js';
import type { Answer } from './transact.js';

/** A command of several was refused, so none of them is recorded. */
export class StepRefused extends Error {
  /** @param place of the command among them, from 0 */
  constructor(
    readonly place: number,
    cause: unknown,
  ) {
    super('One of the commands that belong together was refused.', { cause });
  }
}

interface Kept {
  project: Project;
  revision: number;
}

/** What becomes of a step: events to append, an entry that says the same already, or the entry of an earlier step. */
type Outcome =
  | { from: number; count: number }
  | { said: Said; isReplay: boolean }
  | { repeated: string }
  | { as: number };

/** What several commands add to a project. */
export interface DecidedTogether {
  append: NewEvent[];
  /** The project with what is to be appended. */
  ahead: Project;
  /** The revision before. */
  revision: number;
  outcomes: Outcome[];
  /** Events of commands that came before under their ids, by these; after `confirmRepeated` with what is stored. */
  repeated: Map<string, { place: number; events: readonly NewEvent[]; stored?: AnyRecordedEvent[] }>;
}

/**
 * Decides commands one after the other, each on the project with the events of those before it.
 *
 * @throws StepRefused
 */
export function decidedTogether(
  { project, revision }: Kept,
  steps: readonly Step[],
  how: { decide(kept: Kept, step: Step): Answer<Said>; facts: FactTable | undefined },
): DecidedTogether {
  const decided: DecidedTogether = {
    append: [],
    ahead: project,
    revision,
    outcomes: [],
    repeated: new Map(),
  };
  const placeOfId = new Map<string, number>();
  for (const [place, step] of steps.entries()) {
    const same = placeOfId.get(step.id);
    try {
      decided.outcomes.push(
        same === undefined ? outcomeOf(step, place, decided, how) : sameAs(same, step, steps),
      );
    } catch (error) {
      throw new StepRefused(place, error);
    }
    if (same === undefined) placeOfId.set(step.id, place);
  }
  return decided;
}

function outcomeOf(
  step: Step,
  place: number,
  decided: DecidedTogether,
  { decide, facts }: { decide(kept: Kept, step: Step): Answer<Said>; facts: FactTable | undefined },
): Outcome {
  const { append, ahead, revision } = decided;
  const from = append.length;
  const answer = decide({ project: ahead, revision: revision + from }, step);
  if ('alreadySaid' in answer) {
    const { alreadySaid: said } = answer;
    return { said, isReplay: said.id === step.id };
  }
  if ('repeat' in answer) {
    decided.repeated.set(step.id, { place, events: answer.repeat });
    return { repeated: step.id };
  }
  const events = answer.append.map((event, index) => ({ ...event, revision: revision + 1 + from + index }));
  append.push(...answer.append);
  decided.ahead = replay(ahead, events as Said[], facts);
  return { from, count: answer.append.length };
}

/** @throws EventIdReused the earlier step has the same id and says something else */
function sameAs(place: number, { command, id }: Step, steps: readonly Step[]): Outcome {
  if (JSON.stringify(steps[place]?.command) !== JSON.stringify(command)) throw new EventIdReused(id);
  return { as: place };
}

/**
 * Has the store compare what came before under its ids with what it holds; nothing new is stored by that.
 *
 * @throws StepRefused another entry has the id
 */
export async function confirmRepeated(
  store: EventStore,
  stream: string,
  { repeated }: DecidedTogether,
): Promise<void> {
  for (const one of repeated.values())
    try {
      one.stored = (await store.append(stream, one.events, 'any')).events;
    } catch (error) {
      throw error instanceof EventIdReused ? new StepRefused(one.place, error) : error;
    }
}

/** The receipts of the steps, in their order. */
export async function receiptsOf(
  project: string,
  { outcomes, repeated, revision }: DecidedTogether,
  {
    appended,
    known,
    recorded,
  }: {
    appended: Appended | undefined;
    known: Project;
    recorded(entry: Said): Promise<AnyRecordedEvent[]>;
  },
): Promise<Receipt[]> {
  const receipts: Receipt[] = [];
  const events = appended?.events ?? [];
  for (const outcome of outcomes)
    if ('as' in outcome) receipts.push(receipts[outcome.as] as Receipt);
    else if ('repeated' in outcome)
      receipts.push(receipt(project, repeated.get(outcome.repeated)?.stored ?? [], 'replayed', known));
    else if ('count' in outcome) {
      const own = events.slice(outcome.from, outcome.from + outcome.count);
      receipts.push(receipt(project, own, appended?.isReplay ? 'replayed' : 'recorded', known));
    } else {
      const { said, isReplay } = outcome;
      const isNew = said.revision > revision;
      const stored = isNew ? events.slice(said.revision - revision - 1).slice(0, 1) : await recorded(said);
      receipts.push(receipt(project, stored, isReplay ? 'replayed' : 'already-said', known));
    }
  return receipts;
}
