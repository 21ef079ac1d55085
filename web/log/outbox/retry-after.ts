/** The longest wait that an answer can ask for, in seconds: a gateway may name any day. */
const mostSeconds = 3_600;

/** The seconds that an answer asks to wait, as a number or as an instant; undefined if it asks for none. */
export function retrySecondsIn(headers: Pick<Headers, 'get'>, nowMs: number): number | undefined {
  const text = headers.get('retry-after')?.trim() ?? '';
  const seconds = /^\d+$/.test(text) ? Number(text) : Math.ceil((Date.parse(text) - nowMs) / 1000);
  return seconds > 0 ? Math.min(seconds, mostSeconds) : undefined;
}

/** A wait that the service asked for: whatever happens on the device, nothing is sent before. */
export class AskedWait {
  private endsAtMs = 0;
  private lengthMs = 0;

  constructor(private readonly nowMs: () => number) {}

  /** Begins a wait. */
  begin(seconds: number): void {
    this.lengthMs = seconds * 1000;
    this.endsAtMs = this.nowMs() + this.lengthMs;
  }

  /** The milliseconds that are left; none after the clock was set back beyond the beginning. */
  leftMs(): number {
    const leftMs = this.endsAtMs - this.nowMs();
    return leftMs > 0 && leftMs <= this.lengthMs ? leftMs : 0;
  }
}
