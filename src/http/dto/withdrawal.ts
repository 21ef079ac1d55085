import type { Command } from '../../../domain/project/commands.js';
import type { Day } from '../../../domain/values/days/calendar.js';
import type { Phrasebook } from '../../../domain/values/lexicon/phrases.js';
import { inMember } from '../problems/faults.js';
import { type Kinds, kinds, Member, Optional } from '../validation/member.js';
import { text, uuid } from '../validation/rules.js';
import { metadataOf, UndatedSaying } from './facts/entry.js';
import { commandOf, type StatedFact } from './facts/facts.js';

/** Why an entry is withdrawn, and its replacement. */
export interface StatedWithdrawal extends UndatedSaying {
  reason: string;
  replacement?: StatedFact;
}

/** The shapes of a withdrawal by its route and by a line of an import, for the facts that may replace an entry. */
export function withdrawalShapes(facts: Kinds<StatedFact>) {
  class Withdrawal extends UndatedSaying implements StatedWithdrawal {
    @Member(text(500, { isNote: true }), 'Why.')
    reason!: string;

    @Optional(kinds(facts), 'A fact that replaces it, recorded in the same commit.')
    replacement?: StatedFact;
  }

  class EntryWithdrawn extends Withdrawal {
    @Member(uuid, 'The id of the entry.')
    entry!: string;
  }
  return { Withdrawal, EntryWithdrawn };
}

/**
 * The command for a withdrawal of an entry.
 *
 * @param today the business day
 * @param phrasebook reads what was said in words
 * @throws RequestRefused inconsistent members
 */
export function withdrawalOf(
  withdrawal: StatedWithdrawal,
  entry: string,
  today: Day,
  phrasebook: Phrasebook,
): Command {
  const { reason, replacement } = withdrawal;
  return {
    type: 'WithdrawEntry',
    entry: metadataOf(withdrawal, today),
    data: { entry, reason },
    ...(replacement
      ? { replacement: inMember('replacement', () => commandOf(replacement, today, phrasebook)) }
      : {}),
  };
}
