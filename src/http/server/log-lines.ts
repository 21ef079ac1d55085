import type { Writable } from 'node:stream';

/** The most characters that wait for the reader of the log. */
const mostWaiting = 1024 * 1024;

/**
 * Writes lines without ever waiting for their reader: those of one turn of the event loop together, and none while so many wait
 * that nobody seems to read.
 */
export class LogLines {
  private waiting: string[] | undefined = [];
  private size = 0;
  private isOpen = false;

  constructor(
    private readonly out: Writable,
    private readonly nextTurn: (call: () => void) => void,
  ) {
    // Who reads no more, such as `head`, is no reason for the service to end.
    out.on('error', () => {
      this.waiting = undefined;
    });
  }

  /** Lets out what was kept back until now. */
  open(): void {
    this.isOpen = true;
    this.flush();
  }

  /** Takes one line, without its end. */
  write(line: string): void {
    if (!this.waiting || this.size + this.out.writableLength > mostWaiting) return;
    this.size += line.length + 1;
    if (this.waiting.push(line) === 1 && this.isOpen) this.nextTurn(() => this.flush());
  }

  /** Resolves when all lines are out, or at once where nobody reads any more. */
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
