import { ClientLeft, type Pace, paceOf, type TurnPorts } from './turns.js';

/** Maximum concurrent long answers; each adds a slice to the wait of a short one. */
const mostAtOnce = 2;

/**
 * Long answers yield to short ones: they run in slices with a turn of the event loop between, and few run at a time,
 * while the others wait in order of arrival.
 */
export class LongWork {
  private atWork = 0;
  private readonly waiting: (() => void)[] = [];

  constructor(private readonly ports: TurnPorts) {}

  /**
   * Runs work when there is a slot.
   *
   * @param leaving aborted when the client leaves
   * @throws ClientLeft the client left before the work was done
   */
  async run<Result>(
    leaving: AbortSignal | undefined,
    work: (pace: Pace) => Result | Promise<Result>,
  ): Promise<Result> {
    await this.admitted(leaving);
    try {
      // After each of several finished ones a turn answers short ones.
      await new Promise<void>((resolve) => this.ports.nextTurn(resolve));
      return await work(paceOf(this.ports, leaving));
    } finally {
      const next = this.waiting.shift();
      if (next) next();
      else this.atWork -= 1;
    }
  }

  /** Resolves once there is a slot: a free one, or one handed over by a finished answer. */
  private async admitted(leaving: AbortSignal | undefined): Promise<void> {
    if (leaving?.aborted) throw new ClientLeft();
    if (this.atWork < mostAtOnce) {
      this.atWork += 1;
      return;
    }
    await new Promise<void>((resolve, reject) => {
      const admit = () => {
        leaving?.removeEventListener('abort', leave);
        resolve();
      };
      const leave = () => {
        this.waiting.splice(this.waiting.indexOf(admit), 1);
        reject(new ClientLeft());
      };
      this.waiting.push(admit);
      leaving?.addEventListener('abort', leave, { once: true });
    });
  }
}
