import { Readable } from 'node:stream';
import { StreamableFile } from '@nestjs/common';
import type { World } from '../../app/ports.js';
import { problemOf } from '../problems/problem.js';
import { gracefulShutdown } from '../server/graceful-shutdown.js';
import type { Language } from './language.js';

/** Work that is done sooner is answered like any other, in milliseconds. */
const soonMs = 2_000;
/** How often an answer that is not there yet says so, in milliseconds; proxies usually wait for a minute. */
const signMs = 5_000;

/** How long work is answered. */
export interface LongAnswer<Result> {
  type: string;
  /** The whole answer. */
  text(result: Result): string;
  /** What goes out while it is not there: nothing that changes what it means. Without it the connection stays silent. */
  sign?(done: number, of: number): string;
  /** What goes out in its place when it fails; without it the connection breaks off. */
  failure?(error: unknown): string;
}

/** What an answer needs of the reply that carries it. */
interface Carrier {
  header(name: string, value: string): unknown;
  raw: {
    readonly socket: { setTimeout(ms: number): unknown } | null;
    readonly writableFinished: boolean;
    on(event: 'close', call: () => void): unknown;
    destroy(): unknown;
  };
}

/** Answers that take as long as they take: they live as long as their client stays and the service goes on. */
export class LongAnswers {
  constructor(
    private readonly after: World['after'],
    private readonly ending: AbortSignal = new AbortController().signal,
  ) {}

  /**
   * Begins work and answers what comes of it: at once when it is soon done, and else in an answer that is kept open by signs of
   * life until it is there.
   *
   * @param work given how it hears that its client has left, and where it says how far it is
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
    // No sign may stand in it, so that nothing but its client ends it.
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
      // Nobody may take what was sent so far for the whole of it.
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
