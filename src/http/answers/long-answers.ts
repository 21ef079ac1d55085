import { Readable } from 'node:stream';
import { StreamableFile } from '@nestjs/common';
import type { World } from '../../app/ports.js';
import { problemOf } from '../problems/problem.js';
import { gracefulShutdown } from '../server/graceful-shutdown.js';
import type { Language } from './language.js';

/** Faster work is answered normally, in milliseconds. */
const soonMs = 2_000;
/** Interval of keep-alive signs in a pending answer, in milliseconds; proxies usually wait for a minute. */
const signMs = 5_000;

/** How long-running work is answered. */
export interface LongAnswer<Result> {
  type: string;
  /** The complete answer. */
  text(result: Result): string;
  /** Keep-alive output that does not change the meaning. Without it the connection stays silent. */
  sign?(done: number, of: number): string;
  /** Output instead of a failed answer; without it the connection is cut. */
  failure?(error: unknown): string;
}

/** The parts of the reply that an answer needs. */
interface Carrier {
  header(name: string, value: string): unknown;
  raw: {
    readonly socket: { setTimeout(ms: number): unknown } | null;
    readonly writableFinished: boolean;
    on(event: 'close', call: () => void): unknown;
    destroy(): unknown;
  };
}

/** Long-running answers without a time limit: they run while their client stays and the service runs. */
export class LongAnswers {
  constructor(
    private readonly after: World['after'],
    private readonly ending: AbortSignal = new AbortController().signal,
  ) {}

  /**
   * Starts work and sends its result: normally if it is fast, else in an answer with keep-alive signs until the result
   * is ready.
   *
   * @param work gets a signal that its client has left, and a callback for progress
   */
  async of<Result>(
    reply: Carrier,
    work: (leaving: AbortSignal, onProgress: (done: number, of: number) => void) => Promise<Result>,
    as: LongAnswer<Result>,
  ): Promise<string | StreamableFile> {
    const leaving = new AbortController();
    const leave = () => leaving.abort();
    reply.raw.on('close', leave);
    this.ending.addEventListener('abort', leave);
    let far: [done: number, of: number] = [0, 0];
    const result = work(leaving.signal, (...now) => {
      far = now;
    })
      .catch((error: unknown) => {
        throw this.ending.aborted ? gracefulShutdown() : error;
      })
      .finally(() => this.ending.removeEventListener('abort', leave));
    if (await this.isDoneIn(soonMs, result)) {
      reply.header('content-type', as.type);
      return as.text(await result);
    }
    // No sign is allowed in it, so only its client ends it.
    if (!as.sign) reply.raw.socket?.setTimeout(0);
    const pieces = this.pieces(reply, result, as, () => far);
    return new StreamableFile(Readable.from(pieces, { objectMode: false }), { type: as.type });
  }

  private async *pieces<Result>(
    reply: Carrier,
    result: Promise<Result>,
    as: LongAnswer<Result>,
    far: () => [number, number],
  ): AsyncGenerator<string> {
    try {
      do {
        if (as.sign) yield as.sign(...far());
      } while (!(await this.isDoneIn(signMs, result)));
      yield as.text(await result);
    } catch (error) {
      // A partial answer must not look complete.
      if (as.failure) yield as.failure(error);
      else reply.raw.destroy();
    }
  }

  private async isDoneIn(ms: number, result: Promise<unknown>): Promise<boolean> {
    let stop: () => void = () => undefined;
    const late = new Promise<boolean>((resolve) => {
      stop = this.after(ms, () => resolve(false));
    });
    const done = result.then(
      () => true,
      () => true,
    );
    return Promise.race([done, late]).finally(stop);
  }
}

/** The last line of an answer in lines when its work failed. */
export function problemLine(error: unknown, language: Language): string {
  return `${JSON.stringify({ problem: problemOf(error, language).problem })}\n`;
}
