import type { Writable } from 'node:stream';

/** Maximum number of characters buffered for the reader of the log. */
const mostWaiting = 1024 * 1024;

/**
 * Writes lines without waiting for their reader: those of one turn of the event loop together, and none while the
 * buffer is full.
 */
export class LogLines {
  private waiting: string[] | undefined = [];
  private size = 0;
  private isOpen = false;

  constructor(
    private readonly out: Writable,
    private readonly nextTurn: (call: () => void) => void,
  ) {
    // A reader that stops, such as `head`, does not end the service.
    out.on('error', () => {
      this.waiting = undefined;
    });
  }

  /** Releases held-back lines. */
  open(): void {
    this.isOpen = true;
    this.flush();
  }

  /** Writes one line, without its end. */
  write(line: string): void {
    if (!this.waiting || this.size + this.out.writableLength > mostWaiting) return;
    this.size += line.length + 1;
    if (this.waiting.push(line) === 1 && this.isOpen) this.nextTurn(() => this.flush());
  }

  /** Resolves when all lines are written, or immediately if nobody reads any more. */
  async end(): Promise<void> {
    this.open();
    if (this.waiting && this.out.writableLength > 0)
      await new Promise<void>((resolve) => void this.out.write('', () => resolve()));
  }

  private flush(): void {
    if (!this.waiting || this.waiting.length === 0) return;
    this.out.write(`${this.waiting.join('\n')}\n`);
    this.waiting = [];
    this.size = 0;
  }
}
