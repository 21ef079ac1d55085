import { setTimeout as pause } from 'node:timers/promises';
import type { Subscription } from 'rxjs';
import type { AnyRecordedEvent } from '../../domain/log/any-event.js';
import type { ClusterStore } from '../../src/event-store/eventstoredb/eventstoredb.js';
import type { Dice } from '../../test/support/dice.js';
import { onePageAtATime } from '../../test/support/one-page-at-a-time.js';
import type { TcpProxy } from '../../test/support/tcp-proxy.js';
import { fasterPorts, openUp } from './served.js';

/** The factor of the store's timers, so that a cut costs some hundredths of a second. */
export const timeScale = 10;

/** A process that follows the log and resumes where it was. */
export class Reader {
  readonly taken: number[] = [];
  position = 0;
  restarts = 0;
  drops = 0;
  failure: string | undefined;
  private store: ClusterStore | undefined;
  private following: Subscription | undefined;
  /** Cuts the connection when the store reports this state. */
  private cutAt: string | undefined;

  constructor(
    private readonly proxy: TcpProxy,
    private readonly prefix: string,
    private readonly indexPath: string,
    private readonly handlingMs: number,
    private readonly isBroken: boolean,
  ) {}

  async open(): Promise<void> {
    const ports = fasterPorts(timeScale, {
      onStatus: ({ state }) => {
        if (state !== this.cutAt) return;
        this.cutAt = undefined;
        this.proxy.cut();
      },
    });
    this.store = await openUp(
      `esdb://127.0.0.1:${this.proxy.port}?tls=false`,
      this.prefix,
      ports,
      this.indexPath,
    );
    await this.subscribe();
  }

  async cut(dice: Dice): Promise<void> {
    const what = dice.int(1, 100);
    if (what <= 25) this.proxy.cut();
    else if (what <= 55) this.proxy.cutAfter('to-client', dice.int(1, 20_000));
    else if (what <= 65) this.proxy.cutAfter('to-server', dice.int(1, 500));
    else if (what <= 80) {
      this.cutAt = dice.pick(['up', 'up', 'catching-up']);
      this.proxy.cut();
    } else if (what <= 92) {
      this.following?.unsubscribe();
      await this.subscribe();
    } else {
      await this.close();
      await this.open();
    }
  }

  async end(): Promise<void> {
    await this.close();
    await this.proxy.close();
  }

  private async subscribe(): Promise<void> {
    const isBack = this.taken.length > 0;
    if (this.isBroken && isBack) {
      // Events arrive meanwhile.
      await pause(50);
      this.position = await this.finish();
    }
    const store = this.store;
    if (!store) return;
    const pages$ =
      this.handlingMs > 0
        ? onePageAtATime(store, this.position, () => pause(this.handlingMs))
        : store.events$(this.position);
    this.following = pages$.subscribe({
      next: (events) => this.take(events),
      error: (error: Error) => {
        this.failure ??= error.message;
      },
    });
  }

  /** The end of the log, as soon as it can be read. */
  private async finish(): Promise<number> {
    for (;;) {
      const head = await this.store?.head().catch(() => undefined);
      if (head !== undefined) return head;
      await pause(20);
    }
  }

  private take(events: readonly AnyRecordedEvent[]): void {
    for (const { position } of events) {
      this.taken.push(position);
      this.position = position;
    }
  }

  private async close(): Promise<void> {
    this.following?.unsubscribe();
    await this.store?.close();
    this.restarts += this.store?.restarts.failed ?? 0;
    this.drops += this.store?.restarts.slow ?? 0;
    this.store = undefined;
  }
}
