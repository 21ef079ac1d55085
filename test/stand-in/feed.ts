import type { Log, LogRecord } from './log.js';

const atOnce = 16;

/** Delivers records to subscriptions shortly after they are stored, a few at a time, as a server's index does. */
export class LiveFeed {
  private readonly listeners = new Set<(record: LogRecord) => void>();
  private readonly waiting: LogRecord[] = [];
  private isRunning = false;

  constructor(log: Log) {
    log.on('stored', (record) => {
      this.waiting.push(record);
      if (!this.isRunning) void this.run();
    });
  }

  /** Adds a listener; returns its removal. */
  join(listener: (record: LogRecord) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  private async run(): Promise<void> {
    this.isRunning = true;
    while (this.waiting.length > 0) {
      await new Promise((turn) => setImmediate(turn));
      for (const record of this.waiting.splice(0, atOnce)) {
        for (const listener of this.listeners) listener(record);
      }
    }
    this.isRunning = false;
  }
}
