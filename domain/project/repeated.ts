import { type Day, lastDay } from '../values/days/calendar.js';
import { isSame } from '../values/equal.js';
import { CommandRejected } from '../values/rejections.js';
import type { Command } from './commands.js';
import type { ProjectEvent } from './events.js';
import { explanationOf } from './explained.js';
import { eventOfFact, isFact } from './fact-event.js';
import { decide, type Project, projectBefore } from './project.js';
import type { Said } from './said.js';

/**
 * What a command that was recorded before under an id led to then: its events, the recorded entry itself when it says the same in
 * another spelling, or undefined when it cannot be that command.
 */
export function repeated(
  command: Command,
  project: Project,
  recorded: Said,
): { repeat: readonly ProjectEvent[] } | { alreadySaid: Said } | undefined {
  // A fact says the same whatever was recorded before it; what other commands say depends on it.
  if (project.status === 'registered' && isFact(command, project.said.facts)) {
    const { corrects } = command.entry;
    const corrected = corrects === undefined ? undefined : project.said.byId(corrects);
    // What had passed then was recorded as the last day.
    const hadPassed = (day: Day) => 'to' in recorded.data && recorded.data.to === day;
    const event = eventOfFact(command, project.said.facts, hadPassed, corrected);
    return { repeat: [withMetadataAsRecorded(event, recorded)] };
  }
  if (command.type === 'ExplainContradiction') {
    if (recorded.type !== 'ContradictionExplained') return undefined;
    // The register may have changed since: it explained what it named then.
    const event = explanationOf(command.data, command.entry, recorded.data.entries);
    return { repeat: [withMetadataAsRecorded(event, recorded)] };
  }
  try {
    const decision = decide(command, projectBefore(project, recorded), lastDay, true);
    if ('append' in decision)
      return { repeat: decision.append.map((event) => withMetadataAsRecorded(event, recorded)) };
  } catch (error) {
    if (!(error instanceof CommandRejected)) throw error;
  }
  return isSpeltAlike(command, recorded) ? { alreadySaid: recorded } : undefined;
}

/**
 * The metadata as recorded where the request does not decide it: earlier versions recorded an entry without a source as
 * an inspection, and the author may have signed in only since.
 */
function withMetadataAsRecorded<Event extends ProjectEvent>(event: Event, { entry: recorded }: Said): Event {
  const { verification: _, ...entry } = event.entry;
  const { source, verification } = recorded;
  const wasAssumed =
    entry.source.kind === 'unstated' && source.kind === 'inspection' && entry.source.note === source.note;
  const said = wasAssumed ? { ...entry, source } : entry;
  return { ...event, entry: verification === undefined ? said : { ...said, verification } };
}

/** True when an entry is a description or a plan that says, as a whole, what a command says (docs/decisions/0034). */
function isSpeltAlike({ type, data }: Command, { type: known, data: said }: Said): boolean {
  if (type === 'DescribeProject') return known === 'ProjectDescribed' && isSame(said, data);
  return (
    type === 'AdoptPlan' &&
    known === 'PlanAdopted' &&
    isSame({ ...said, version: 0 }, { ...data, version: 0 })
  );
}
