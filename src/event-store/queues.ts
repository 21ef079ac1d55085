/** A keyed queue: work waits for all earlier work with a shared key. */
export class Queues {
  private readonly last = new Map<string, Promise<void>>();

  /** Runs work once all earlier work of each of its keys has ended. */
  run<Answer>(keys: readonly string[], work: () => Promise<Answer>): Promise<Answer> {
    const before = keys.flatMap((key) => this.last.get(key) ?? []);
    const mine = before.length === 0 ? work() : Promise.all(before).then(work);
    const settled: Promise<void> = mine.then(
      () => undefined,
      () => undefined,
    );
    for (const key of keys) this.last.set(key, settled);
    void settled.then(() => {
      for (const key of keys) if (this.last.get(key) === settled) this.last.delete(key);
    });
    return mine;
  }

  /** Resolves when the queue is idle. */
  async whenIdle(): Promise<void> {
    while (this.last.size > 0) await Promise.all(this.last.values());
  }
}
