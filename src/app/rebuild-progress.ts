/** How far a rebuild has come: projects for the rows, events for other views. */
export interface RebuildProgress {
  done: number;
  of: number;
  /** Since its beginning. */
  perSecond: number;
  /** By that rate; null until something is done. */
  secondsLeft: number | null;
}

/** Measures a rebuild from its beginning. */
export class RebuildMeter {
  private readonly beganMs: number;

  /** @param elapsedMs a clock in milliseconds */
  constructor(private readonly elapsedMs: () => number) {
    this.beganMs = elapsedMs();
  }

  progress(done: number, of: number): RebuildProgress {
    const seconds = Math.max(1, this.elapsedMs() - this.beganMs) / 1_000;
    const perSecond = done / seconds;
    const secondsLeft = done > 0 ? Math.ceil(Math.max(0, of - done) / perSecond) : null;
    return { done, of, perSecond: Math.round(perSecond), secondsLeft };
  }
}
