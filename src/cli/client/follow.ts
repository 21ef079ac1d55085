import { createParser, type EventSourceMessage } from 'eventsource-parser';
import { exitCodes } from '../../composition/exit-codes.js';
import { networkCode } from './client.js';
import { Failure } from './failure.js';

/** Timers and chance. */
export interface FollowWorld {
  /** Calls back once after so many milliseconds; the answer takes it back. */
  after(ms: number, call: () => void): () => void;
  /** From 0 up to and without 1. */
  random(): number;
}

/** A stream of events that is followed over breaks. */
export interface Following {
  /** Connects and answers the bytes as they come. */
  open(lastId: string | undefined, signal: AbortSignal): Promise<AsyncIterable<Uint8Array>>;
  event(event: EventSourceMessage): void;
  /** Called once when an attempt to come back fails. */
  gone(why: string): void;
  /** Called once when the stream goes on after that. */
  back(lastId: string | undefined): void;
}

/** Where a stream goes on after a break, and after how many milliseconds; both as the service sent them. */
interface Place {
  lastId?: string;
  retryMs?: number;
}

/** A stream that is silent for longer than three heartbeats is broken, in milliseconds. */
const silenceMs = 45_000;
const firstWaitMs = 1_000;
const longestWaitMs = 30_000;

/**
 * Follows a stream until the signal: after a break it comes back to its place, later each time it fails, and never all at once with others.
 *
 * @throws Failure the first attempt fails, or the service refuses what is asked
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
      // A break alone says little: that the way back is barred, too, says that the service is gone.
      if (failed > 1 && !isGone) {
        isGone = true;
        following.gone(networkCode(error));
      }
    }
    await wait(waitMs(place.retryMs, failed, world.random()), world, signal);
  }
}

/** How long to wait before the next attempt: twice as long after each failure up to 30 s, of which half is left to chance. */
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
    // Of a whole event only, so that one that a break has cut comes again.
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

/** True for what may be over at the next attempt. */
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
