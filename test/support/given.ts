import { expect } from '@jest/globals';
import type { Command } from '../../domain/project/commands.js';
import type { EntryMetadata, ProjectEvent } from '../../domain/project/events.js';
import { decide, emptyProject, replay } from '../../domain/project/project.js';
import type { Day } from '../../domain/values/days/calendar.js';
import { CommandRejected, type Fault, type RejectionReason } from '../../domain/values/rejections.js';
import { inEnglish } from './in-english.js';
import { newEvents } from './new-events.js';

/** The last day that has begun in every such test. */
export const today: Day = '2018-07-10';

/** The metadata of an inspector's report about a day. */
export function seenOn(asOf: Day): EntryMetadata {
  return { asOf, precision: 'day', source: { kind: 'inspection' } };
}

/** The id of the n-th given event, from 0. */
export function givenId(index: number): string {
  return `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`;
}

/**
 * `given(registered, roofCapped).when(capRoof).records()`: the decision of a project with this history on a command.
 */
export function given(...events: ProjectEvent[]) {
  const project = replay(
    emptyProject,
    events.map((event, revision) => ({ ...event, id: givenId(revision), revision })),
  );
  return {
    when: (command: Command) => ({
      /** The command adds exactly these events; none without arguments. */
      records(...expected: ProjectEvent[]): void {
        expect(newEvents(decide(command, project, today))).toStrictEqual(expected);
      },
      /** The command is refused for this reason and, if given, with exactly this fault, in English. */
      rejects(reason: RejectionReason, fault?: Fault): void {
        const refusal = refusalOf(() => decide(command, project, today));
        expect(refusal).toEqual({ reason, fault: fault ?? refusal.fault });
      },
    }),
  };
}

function refusalOf(attempt: () => unknown): { reason: string; fault?: Fault } {
  try {
    return { reason: `nothing refused: ${JSON.stringify(attempt())}` };
  } catch (error) {
    if (error instanceof CommandRejected) return { reason: error.reason, fault: inEnglish(error.fault) };
    throw error;
  }
}
