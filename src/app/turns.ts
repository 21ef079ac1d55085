import type { Steps } from '../../projections/facts/steps.js';

/** Maximum duration of a slice of work, in milliseconds: one project or a long answer. */
const turnMs = 8;

/** The ports for splitting work into turns. */
export interface TurnPorts {
  /** A monotonic clock in milliseconds. */
  elapsedMs(): number;
  /** Calls back after all other work had a turn. */
  nextTurn(call: () => void): void;
}

/** The client of a long answer has left: nobody waits for the rest of the work. */
export class ClientLeft extends Error {}

/** The pace of one long answer. */
export interface Pace {
  /** True once a stretch is over: then `rest` has to be awaited before anything else is done. */
  readonly isOver: boolean;
  /** Lets others have their turn. @throws ClientLeft */
  rest(): Promise<void>;
}

/** The pace of work that is cut into stretches and ends when its client leaves. */
export function paceOf(ports: TurnPorts, leaving?: AbortSignal): Pace {
  let began = ports.elapsedMs();
  return {
    get isOver() {
      return ports.elapsedMs() - began >= turnMs;
    },
    async rest() {
      await new Promise<void>((resolve) => ports.nextTurn(resolve));
      if (leaving?.aborted) throw new ClientLeft();
      began = ports.elapsedMs();
    },
  };
}

/** Goes through a calculation step by step, and rests whenever it took long. */
export class Turns {
  constructor(private readonly ports: TurnPorts) {}

  /** The result of a calculation; a short one finishes within the caller's turn. */
  async through<Result>(steps: Steps<Result>): Promise<Result> {
    const pace = paceOf(this.ports);
    for (;;) {
      const { done, value } = steps.next();
      if (done) return value;
      if (pace.isOver) await pace.rest();
    }
  }
}

/** For processes that serve nobody meanwhile: no work is ever cut into turns. */
export const uncut: TurnPorts = { elapsedMs: () => 0, nextTurn: (call) => call() };

/** Runs everything within one turn. */
export const oneTurn = new Turns(uncut);
