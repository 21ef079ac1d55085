import { setTimeout as pause } from 'node:timers/promises';
import type { SiteClient } from './site-client.js';

/** Readers that poll. */
export interface Polls {
  stop(): Promise<{ asked: number; failed: number }>;
}

/** One reader per path, which polls every 20 ms; an answer other than 200 counts as failed. */
export function polled(client: SiteClient, paths: readonly string[]): Polls {
  let isStopped = false;
  const counts = { asked: 0, failed: 0 };
  const reader = async (path: string) => {
    while (!isStopped) {
      const answer = await client.get(path);
      counts.asked += 1;
      if (answer?.status !== 200) counts.failed += 1;
      await pause(20);
    }
  };
  const reading = Promise.all(paths.map(reader));
  return {
    async stop() {
      isStopped = true;
      await reading;
      return counts;
    },
  };
}

/** A reader of the stream of alerts. */
export class StreamHeard {
  /** The types of the events, in order. */
  readonly heard: string[] = [];
  isEnded = false;
  /** It ended by itself, and its last message was the reconnection time. */
  hasRetryTime = false;
  private leaving = new AbortController();

  static async open(url: string): Promise<StreamHeard> {
    const heard = new StreamHeard();
    const { status, body } = await fetch(`${url}/alerts/stream`, { signal: heard.leaving.signal });
    if (status !== 200 || !body) throw new Error(`The stream of alerts answered ${status}.`);
    void heard.read(body);
    return heard;
  }

  leave(): void {
    this.leaving.abort();
  }

  private async read(body: ReadableStream<Uint8Array>): Promise<void> {
    let rest = '';
    let last = '';
    try {
      for await (const piece of body.pipeThrough(new TextDecoderStream())) {
        const frames = (rest + piece).split('\n\n');
        rest = frames.pop() ?? '';
        for (const frame of frames) {
          const type = /^event: (.*)$/m.exec(frame)?.[1];
          if (type !== undefined) this.heard.push(type);
          last = frame;
        }
      }
      this.hasRetryTime = rest === '' && /^retry: \d+$/.test(last);
    } catch {
      // It was disconnected, by either side.
    }
    this.isEnded = true;
  }
}
