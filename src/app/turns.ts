import type { Steps } from '../../projections/facts/steps.js';

/** How long a piece of work holds up everything else, in milliseconds: one project or a long answer. */
const turnMs = 8;

/** What cutting work into turns needs of the world. */
export interface TurnPorts {
  /** Milliseconds from some beginning, never going back. */
  elapsedMs(): number;
  /** Calls back once everybody else had a turn. */
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

  /** The result of a calculation; what is short is done within the turn that asks for it. */
  async through<Result>(steps: Steps<Result>): Promise<Result> {
    const pace = paceOf(this.ports);
    for (;;) {
      const { done, value } = steps.next();
      if (done) return value;
      if (pace.isOver) await pace.rest();
    }
  }
}

/** Everything within one turn, for those who have nobody to serve meanwhile. */
export const oneTurn = new Turns({ elapsedMs: () => 0, nextTurn: (call) => call() });
