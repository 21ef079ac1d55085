/** The queue of one project's commands: decided one after the other, and answered when their events are durable. */
export class CommandQueue {
  /** Commands that have no answer yet. */
  commands = 0;
  /** The number of failed appends; decisions on top of a failed one are void. */
  failures = 0;
  private turn: Promise<unknown> | undefined;
  private underWay = 0;
  private waiting: (() => void)[] = [];

  /** Runs work once all earlier work has ended. */
  inTurn<Answer>(work: () => Promise<Answer>): Promise<Answer> {
    const mine = this.turn ? this.turn.then(work) : work();
    const turn: Promise<unknown> = mine.then(end, end);
    const queue = this;
    this.turn = turn;
    return mine;

    function end(): void {
      if (queue.turn === turn) queue.turn = undefined;
    }
  }

  /** True while an append has no answer yet. */
  get isUnderWay(): boolean {
    return this.underWay > 0;
  }

  /** Counts an append as under way until it has its answer. */
  async sent<Answer>(append: Promise<Answer>): Promise<Answer> {
    this.underWay += 1;
    try {
      return await append;
    } catch (error) {
      this.failures += 1;
      throw error;
    } finally {
      this.underWay -= 1;
      if (this.underWay === 0) for (const call of this.waiting.splice(0)) call();
    }
  }

  /** Resolves when no append is in flight. */
  async answered(): Promise<void> {
    while (this.underWay > 0) await new Promise<void>((resolve) => this.waiting.push(resolve));
  }
}
