import type { Decision } from '../values/decision.js';
import { CommandRejected } from '../values/rejections.js';
import type { Uuid } from '../values/uuid.js';
import type { Command } from './commands.js';
import type { Entries } from './entries.js';
import type { ProjectEvent } from './events.js';
import type { Said } from './said.js';
import { lastLike } from './same-again.js';

/** A contradiction as the register of a project has it on the day of an explanation. */
export interface RegisteredContradiction {
  /** The entries that it names. */
  entries: readonly Uuid[];
  /** The entry that settled it; absent while no entry has. */
  settledBy?: Uuid;
}

/** True for a command that explains a contradiction. */
export function explainsContradiction(
  command: Command,
): command is Command & { type: 'ExplainContradiction' } {
  return command.type === 'ExplainContradiction';
}

/**
 * Records why a contradiction stays, with the entries that were seen: once it names others, it is open again.
 *
 * @param found the contradiction, or undefined where the register has none under its id on that day
 * @throws CommandRejected `contradiction-unknown`, or `contradiction-settled` where an entry made its entries fit
 */
export function explainContradiction(
  { data, entry }: Command & { type: 'ExplainContradiction' },
  said: Entries,
  found: RegisteredContradiction | undefined,
): Decision<ProjectEvent, Said> {
  if (!found) throw unknown(data.contradiction, entry.asOf);
  if (found.settledBy !== undefined) throw settled(found.settledBy);
  const event: ProjectEvent = explanationOf(data, entry, found.entries);
  const alreadySaid = lastLike(event, said);
  return alreadySaid ? { alreadySaid } : { append: [event] };
}

/** The event that explains a contradiction of some entries. */
export function explanationOf(
  { contradiction, reason }: (Command & { type: 'ExplainContradiction' })['data'],
  entry: Command['entry'],
  entries: readonly Uuid[],
): ProjectEvent<'ContradictionExplained'> {
  return { type: 'ContradictionExplained', data: { contradiction, entries: [...entries], reason }, entry };
}

function unknown(id: string, asOf: string): CommandRejected {
  return new CommandRejected('contradiction-unknown', {
    member: 'contradiction',
    seen: {
      en: `"${id}", which the register does not have on ${asOf}`,
      zh: `“${id}”，${asOf} 的登记中没有该矛盾`,
    },
    expected: {
      en: 'the id of a contradiction of this project on that day, as GET /projects/{id}/contradictions lists them',
      zh: '本项目当日某条矛盾的编号（见 GET /projects/{id}/contradictions）',
    },
  });
}

function settled(by: Uuid): CommandRejected {
  return new CommandRejected('contradiction-settled', {
    member: 'contradiction',
    seen: { en: `a contradiction that the entry ${by} settled`, zh: `已由记录 ${by} 解决的矛盾` },
    expected: {
      en: 'one that no entry has settled: where the entries fit, there is nothing to explain',
      zh: '尚未解决的矛盾：记录已相符，无需说明',
    },
  });
}
