import { tell } from '../../../shared/ask.js';

/** How long an acknowledgement can be undone before it is sent. */
const undoMs = 10_000;

/** An acknowledgement made on this page: held for a while, then sent. */
export interface HeldAnswer {
  alert: string;
  name: string;
  dueOn: string;
  note?: string;
  /** Of the request: a retry after a lost answer has the id of the first attempt. */
  id: string;
  state: 'held' | 'sending' | 'sent';
  /** The position at which the service recorded it. */
  position?: number;
}

/** What the service, or the way to it, answered instead. */
type Failed = ReadonlyMap<string, unknown>;

/**
 * The acknowledgements of this page. Each can be undone for ten seconds, because the log keeps what it is told; one that
 * fails is taken back with its reason. What is held is sent when the page is left.
 */
class HeldAnswers {
  private answers: ReadonlyMap<string, HeldAnswer> = new Map();
  private failed: Failed = new Map();
  private readonly timers = new Map<string, ReturnType<typeof setTimeout>>();
  private readonly listeners = new Set<() => void>();

  constructor() {
    addEventListener('pagehide', () => this.sendAll());
    document.addEventListener('visibilitychange', () => document.hidden && this.sendAll());
  }

  readonly current = (): ReadonlyMap<string, HeldAnswer> => this.answers;
  readonly failures = (): Failed => this.failed;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Holds an acknowledgement of an alert. */
  take(answer: Pick<HeldAnswer, 'alert' | 'name' | 'dueOn'>): void {
    const failed = new Map(this.failed);
    failed.delete(answer.alert);
    this.failed = failed;
    this.put({ ...answer, id: crypto.randomUUID(), state: 'held' });
    this.resume(answer.alert);
  }

  /** Takes one back that was not sent yet. */
  undo(alert: string): void {
    if (this.answers.get(alert)?.state !== 'held') return;
    this.pause(alert);
    this.drop(alert);
  }

  /** Waits with the sending while somebody writes a note. */
  pause(alert: string): void {
    clearTimeout(this.timers.get(alert));
    this.timers.delete(alert);
  }

  /** Sends it after the whole time. */
  resume(alert: string): void {
    this.pause(alert);
    if (this.answers.get(alert)?.state !== 'held') return;
    this.timers.set(
      alert,
      setTimeout(() => void this.send(alert), undoMs),
    );
  }

  /** Sends it now, with a note if there is one. */
  async send(alert: string, note?: string, keepalive = false): Promise<void> {
    const held = this.answers.get(alert);
    if (held?.state !== 'held') return;
    this.pause(alert);
    const { name, dueOn, id } = held;
    const said = note ? { name, dueOn, note } : { name, dueOn };
    this.put({ ...held, ...said, state: 'sending' });
    try {
      const { answer } = await tell<{ position: number }>('POST', `/alerts/${alert}/acknowledgement`, said, {
        id,
        keepalive,
      });
      this.put({ ...held, ...said, state: 'sent', position: answer.position });
    } catch (error) {
      this.failed = new Map([...this.failed, [alert, error]]);
      this.drop(alert);
    }
  }

  /** Sends all that are held, as when the page is left. */
  sendAll(): void {
    for (const { alert } of this.answers.values()) void this.send(alert, undefined, true);
  }

  private put(answer: HeldAnswer): void {
    this.answers = new Map([...this.answers, [answer.alert, answer]]);
    this.tell();
  }

  private drop(alert: string): void {
    const answers = new Map(this.answers);
    answers.delete(alert);
    this.answers = answers;
    this.tell();
  }

  private tell(): void {
    for (const listener of this.listeners) listener();
  }
}

/** Those of this page. */
export const heldAnswers = new HeldAnswers();
