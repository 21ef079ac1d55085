/** The closed set of reasons for which the domain refuses a command. */
export type RejectionReason =
  | 'project-unknown'
  | 'project-exists'
  | 'day-not-begun'
  | 'period-reversed'
  | 'count-impossible'
  | 'plan-invalid'
  | 'item-renamed'
  | 'stall-unknown'
  | 'stall-id-fixed'
  | 'stall-ends-twice'
  | 'entry-unknown'
  | 'entry-fixed'
  | 'alert-unknown'
  | 'alert-cleared'
  | 'day-passed'
  | 'subscription-unknown'
  | 'subscription-ended';

/** What was seen where, and what was expected, in words for the person who typed it. */
export interface Fault {
  /** The faulty member of the command, such as `measure.done`; absent for the command as a whole. */
  member?: string;
  seen: string;
  expected: string;
}

/** An invalid command; nothing is recorded. */
export class CommandRejected extends Error {
  constructor(
    readonly reason: RejectionReason,
    readonly fault: Fault,
  ) {
    super(`${fault.member ? `${fault.member}: ` : ''}${fault.seen}; expected ${fault.expected}.`);
  }
}
