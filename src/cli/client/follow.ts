import { createParser, type EventSourceMessage } from 'eventsource-parser';
import { exitCodes } from '../../composition/exit-codes.js';
import { networkCode } from './client.js';
import { Failure } from './failure.js';

/** Timers and chance. */
export interface FollowWorld {
  /** Calls back once after some milliseconds; the returned function cancels it. */
  after(ms: number, call: () => void): () => void;
  /** From 0 (inclusive) to 1 (exclusive). */
  random(): number;
}

/** A stream of events that is followed across disconnects. */
export interface Following {
  /** Connects and returns the bytes as they arrive. */
  open(lastId: string | undefined, signal: AbortSignal): Promise<AsyncIterable<Uint8Array>>;
  event(event: EventSourceMessage): void;
  /** Called once when a reconnect fails. */
  gone(why: string): void;
  /** Called once when the stream resumes after that. */
  back(lastId: string | undefined): void;
}

/** The place to resume from, and the reconnection delay; both from the service. */
interface Place {
  lastId?: string;
  retryMs?: number;
}

/** A stream that is silent for longer than three heartbeats is broken, in milliseconds. */
const silenceMs = 45_000;
const firstWaitMs = 1_000;
const longestWaitMs = 30_000;

/**
 * Follows a stream until the signal: after a disconnect it resumes from its place, with growing random delays.
 *
 * @throws Failure the first attempt fails, or the service refuses the request
 */
export async function follow(following: Following, world: FollowWorld, signal: AbortSignal): Promise<void> {
  const place: Place = {};
  let wasOpen = false;
  let failed = 0;
  let isGone = false;
  while (!signal.aborted) {
    try {
      await readOnce(following, place, world, signal, () => {
        if (isGone) following.back(place.lastId);
        [wasOpen, isGone, failed] = [true, false, 0];
      });
    } catch (error) {
      if (signal.aborted) return;
      if (!wasOpen || !isPassing(error)) throw error;
      failed += 1;
      // A disconnect alone is not reported, only a failed reconnect.
      if (failed > 1 && !isGone) {
        isGone = true;
        following.gone(networkCode(error));
      }
    }
    await wait(waitMs(place.retryMs, failed, world.random()), world, signal);
  }
}

/** The delay before the next attempt: doubled after each failure up to 30 s, half of it random. */
export function waitMs(retryMs: number | undefined, failed: number, chance: number): number {
  const longest = Math.min((retryMs ?? firstWaitMs) * 2 ** Math.max(failed - 1, 0), longestWaitMs);
  return Math.round(longest * (0.5 + chance / 2));
}

async function readOnce(
  following: Following,
  place: Place,
  world: FollowWorld,
  signal: AbortSignal,
  alive: () => void,
): Promise<void> {
  const decoder = new TextDecoder();
  const parser = createParser({
    onEvent: (event) => signal.aborted || following.event(event),
    // Only after a complete event, so that an event cut by a disconnect comes again.
    onId: (id) => {
      place.lastId = id;
    },
    onRetry: (ms) => {
      place.retryMs = ms;
    },
  });
  const silence = new AbortController();
  const either = AbortSignal.any([signal, silence.signal]);
  const expectMore = () =>
    world.after(silenceMs, () => silence.abort(new Error(`nothing came for ${silenceMs / 1000} s`)));
  let disarm = expectMore();
  try {
    for await (const bytes of await following.open(place.lastId, either)) {
      disarm();
      disarm = expectMore();
      alive();
      parser.feed(decoder.decode(bytes, { stream: true }));
      if (signal.aborted) return;
    }
  } finally {
    disarm();
  }
}

/** True for temporary failures. */
function isPassing(error: unknown): boolean {
  if (!(error instanceof Failure)) return true;
  const passing: readonly number[] = [exitCodes.unreachable, exitCodes.tryLater, exitCodes.serviceBug];
  return passing.includes(error.exitCode);
}

function wait(ms: number, world: FollowWorld, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const takeBack = world.after(ms, () => {
      signal.removeEventListener('abort', stop);
      resolve();
    });
    const stop = () => {
      takeBack();
      resolve();
    };
    signal.addEventListener('abort', stop, { once: true });
  });
}
