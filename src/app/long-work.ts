import { ClientLeft, type Pace, paceOf, type TurnPorts } from './turns.js';

/** Long answers in work at a time; each adds a stretch to what a short one may wait. */
const mostAtOnce = 2;

/**
 * Long answers give way to short ones: they are worked out in stretches with a turn of the event loop between, and few are in
 * work at a time, while the others wait in the order in which they came.
 */
export class LongWork {
  private atWork = 0;
  private readonly waiting: (() => void)[] = [];

  constructor(private readonly ports: TurnPorts) {}

  /**
   * Does some work once it is its turn.
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
      // Of several that are done at once, each is followed by a turn in which short ones are answered.
      await new Promise<void>((resolve) => this.ports.nextTurn(resolve));
      return await work(paceOf(this.ports, leaving));
    } finally {
      const next = this.waiting.shift();
      if (next) next();
      else this.atWork -= 1;
    }
  }

  /** Resolves once there is a place: a free one, or the one of who is done, who hands it over. */
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
