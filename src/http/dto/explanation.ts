import type { Command } from '../../../domain/project/commands.js';
import type { Day } from '../../../domain/values/days/calendar.js';
import { Member } from '../validation/member.js';
import { text } from '../validation/rules.js';
import { metadataOf, UndatedSaying } from './facts/entry.js';

/** Why a contradiction stays. */
export class ContradictionExplained extends UndatedSaying {
  @Member(text(4_000), 'The id of the contradiction, as the register of the project has it.')
  contradiction!: string;

  @Member(text(500, { isNote: true }), 'Why it stays.')
  reason!: string;
}

/**
 * The command for an explanation.
 *
 * @param today the business day
 */
export function explanationOf(said: ContradictionExplained, today: Day): Command {
  const { contradiction, reason } = said;
  return {
    type: 'ExplainContradiction',
    entry: metadataOf(said, today),
    data: { contradiction, reason },
  };
}
