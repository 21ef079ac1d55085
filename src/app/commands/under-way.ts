/** Work under way, counted by what it is about. */
export class UnderWay {
  private readonly counts = new Map<string, number>();
  private readonly waiting = new Map<string, (() => void)[]>();

  has(about: string): boolean {
    return this.counts.has(about);
  }

  begin(about: string): void {
    this.counts.set(about, (this.counts.get(about) ?? 0) + 1);
  }

  end(about: string): void {
    const left = (this.counts.get(about) ?? 0) - 1;
    if (left > 0) {
      this.counts.set(about, left);
      return;
    }
    this.counts.delete(about);
    for (const call of this.waiting.get(about) ?? []) call();
    this.waiting.delete(about);
  }

  /** Resolves when none about it is under way. */
  async ended(about: string): Promise<void> {
    while (this.counts.has(about))
      await new Promise<void>((resolve) => {
        const waiting = this.waiting.get(about) ?? [];
        if (waiting.push(resolve) === 1) this.waiting.set(about, waiting);
      });
  }
}
