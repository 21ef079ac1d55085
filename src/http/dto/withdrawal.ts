import type { Command } from '../../../domain/project/commands.js';
import type { Day } from '../../../domain/values/calendar.js';
import { inMember } from '../problems/faults.js';
import { kinds, Member, Optional } from '../validation/member.js';
import { text, uuid } from '../validation/rules.js';
import { metadataOf, UndatedSaying } from './entry.js';
import { commandOf, type FactSaid, facts } from './facts.js';

/** Why an entry is taken back, and what is said in its place. */
export class Withdrawal extends UndatedSaying {
  @Member(text(500, { isNote: true }), 'Why.')
  reason!: string;

  @Optional(kinds(facts), 'A fact that replaces it, recorded in the same commit.')
  replacement?: FactSaid;
}

/** A withdrawal as a line of an import says it. */
export class EntryWithdrawn extends Withdrawal {
  @Member(uuid, 'The id of the entry.')
  entry!: string;
}

/**
 * The command that a withdrawal of an entry stands for.
 *
 * @param today the business day
 * @throws RequestRefused what only the members together show
 */
export function withdrawalOf(withdrawal: Withdrawal, entry: string, today: Day): Command {
  const { reason, replacement } = withdrawal;
  return {
    type: 'WithdrawEntry',
    entry: metadataOf(withdrawal, today),
    data: { entry, reason },
    ...(replacement ? { replacement: inMember('replacement', () => commandOf(replacement, today)) } : {}),
  };
}
