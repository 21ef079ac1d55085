import type { Steps } from '../../projections/facts/steps.js';

/** How long a piece of work holds up everything else, in milliseconds: one project or a long answer. */
export const turnMs = 8;

/** What cutting work into turns needs of the world. */
export interface TurnPorts {
  /** Milliseconds from some beginning, never going back. */
  elapsedMs(): number;
  /** Calls back once everybody else had a turn. */
  nextTurn(call: () => void): void;
}

/** Goes through a calculation step by step, and lets others have a turn whenever it took long. */
export class Turns {
  constructor(private readonly ports: TurnPorts) {}

  /** The result of a calculation; what is short is done within the turn that asks for it. */
  async through<Result>(steps: Steps<Result>): Promise<Result> {
    const { elapsedMs, nextTurn } = this.ports;
    for (let began = elapsedMs(); ; ) {
      const { done, value } = steps.next();
      if (done) return value;
      if (elapsedMs() - began < turnMs) continue;
      await new Promise<void>((resolve) => nextTurn(resolve));
      began = elapsedMs();
    }
  }
}

/** Everything within one turn, for those who have nobody to serve meanwhile. */
export const oneTurn = new Turns({ elapsedMs: () => 0, nextTurn: (call) => call() });
