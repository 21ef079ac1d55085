import { defaultLexicon } from '../../../domain/governance/lexicons.js';
import type { Command } from '../../../domain/project/commands.js';
import type { RecordedEvent } from '../../../domain/project/events.js';
import type { RegisteredContradiction } from '../../../domain/project/explained.js';
import type { Project } from '../../../domain/project/project.js';
import type { Lexicon } from '../../../domain/values/lexicon.js';
import { contradictions, registerOf } from '../../../projections/contradictions/contradictions.js';
import { allPlaced } from '../../../projections/facts/places.js';
import type { Steps } from '../../../projections/facts/steps.js';
import { readBy } from '../../../projections/lexicon/reading.js';
import { oneTurn, type Turns } from '../turns.js';

/** The contradiction that a command explains, as the register of a project has it on the day of the command. */
export type Registered = (
  project: Project,
  command: Command & { type: 'ExplainContradiction' },
) => Promise<RegisteredContradiction | undefined>;

/**
 * Looks contradictions up in the register of exactly the entries that a command is decided on.
 *
 * @param lexicon the one in force, by which words are read
 */
export function registeredBy(
  turns: Turns = oneTurn,
  lexicon: () => Lexicon = () => defaultLexicon,
): Registered {
  return (project, command) => turns.through(registered(project, command, lexicon()));
}

function* registered(
  project: Project,
  { data, entry }: Command & { type: 'ExplainContradiction' },
  lexicon: Lexicon,
): Steps<RegisteredContradiction | undefined> {
  if (project.status === 'unregistered') return undefined;
  const read = readBy(lexicon);
  // Only the order of positions counts, and within one project that of revisions is the same.
  const events = [...project.said].map((said) =>
    read({ ...said, position: said.revision + 1 } as unknown as RecordedEvent),
  );
  yield;
  const gathering = contradictions.gather();
  gathering.add(allPlaced(events));
  yield;
  const found = (yield* registerOf(gathering.state(), entry.asOf)).find(
    ({ id }) => id === data.contradiction,
  );
  if (!found) return undefined;
  const { finding, settledBy } = found;
  const entries = [...new Set(finding.sides.map(({ fact }) => fact.id))];
  return { entries, ...(settledBy === undefined ? {} : { settledBy }) };
}
