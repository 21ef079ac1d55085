import { expect, test } from '@jest/globals';
import { failure, usage } from '../../src/cli/client/failure.js';
import { type Following, type FollowWorld, follow, waitMs } from '../../src/cli/client/follow.js';
import { exitCodes } from '../../src/composition/exit-codes.js';

type Attempt = string | 'hangs' | Error;

const refused = failure(
  exitCodes.unreachable,
  { en: 'No service', zh: '没有服务' },
  'No Topout service answers.',
  {
    code: 'ECONNREFUSED',
  },
);
const busy = failure(exitCodes.tryLater, { en: 'Busy', zh: '忙' }, 'As many streams as may be are open.');
const event = (id: number) => `id: ${id}\nevent: AlertRaised\ndata: ${id}\n\n`;

/** Follows a service that handles attempts by a script, and ends after the last. */
async function followed(
  ...attempts: Attempt[]
): Promise<{ seen: string[]; waits: number[]; error?: unknown }> {
  const stopping = new AbortController();
  const seen: string[] = [];
  const waits: number[] = [];
  let at = 0;
  const following: Following = {
    async open(lastId, signal) {
      const attempt = attempts[at++];
      if (attempt === undefined) stopping.abort();
      signal.throwIfAborted();
      seen.push(`from ${lastId}`);
      if (attempt instanceof Error) throw attempt;
      return pieces(attempt ?? '', signal);
    },
    event: ({ data }) => void seen.push(data),
    gone: (why) => void seen.push(`gone: ${why}`),
    back: (lastId) => void seen.push(`back at ${lastId}`),
  };
  const world: FollowWorld = {
    after(ms, call) {
      // Only a stream that hangs reaches the silence limit; every other wait ends immediately.
      const isSilence = ms === 45_000;
      if (!isSilence) waits.push(ms);
      let isTakenBack = false;
      const due = () => isTakenBack || call();
      if (!isSilence || attempts[at] === 'hangs') queueMicrotask(() => setImmediate(due));
      return () => {
        isTakenBack = true;
      };
    },
    random: () => 1,
  };
  try {
    await follow(following, world, stopping.signal);
    return { seen, waits };
  } catch (error) {
    return { seen, waits, error };
  }
}

async function* pieces(text: string, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  if (text === 'hangs') {
    await new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
  }
  const [whole, isCut] = [text.replace('CUT', ''), text.endsWith('CUT')];
  yield new TextEncoder().encode(whole);
  if (isCut) throw new TypeError('terminated', { cause: { code: 'ECONNRESET' } });
}

test('a stream that ends is resumed from its place, silently', async () => {
  const { seen } = await followed(event(5), event(6));
  expect(seen).toEqual(['from undefined', '5', 'from 5', '6']);
});

test('an event that a break has cut is told whole after the break', async () => {
  const { seen } = await followed(`${event(5)}id: 6\nevent: AlertRaised\ndata: cCUT`, event(6));
  expect(seen).toEqual(['from undefined', '5', 'from 5', '6']);
});

test('a service that goes away is reported once, and so is its return', async () => {
  const { seen } = await followed(
    `${event(5)}CUT`,
    refused,
    refused,
    busy,
    event(6),
    `${event(7)}CUT`,
    event(8),
  );
  expect(seen).toEqual([
    'from undefined',
    '5',
    'from 5',
    'gone: ECONNREFUSED',
    'from 5',
    'from 5',
    'from 5',
    'back at 5',
    '6',
    'from 6',
    '7',
    'from 7',
    '8',
  ]);
});

test('a stream that is silent for longer than three heartbeats is broken', async () => {
  const { seen } = await followed(event(5), 'hangs', refused, event(6));
  expect(seen).toEqual([
    'from undefined',
    '5',
    'from 5',
    'from 5',
    'gone: ECONNREFUSED',
    'from 5',
    'back at 5',
    '6',
  ]);
});

test('an unreachable service at the start ends it with the reason', async () => {
  expect(await followed(refused, event(5))).toEqual({ seen: ['from undefined'], waits: [], error: refused });
});

test('a refusal of the service ends it, also later', async () => {
  const wrong = usage({ en: 'rule: "x"; expected a rule.', zh: 'rule：“x”；应为规则。' });
  expect((await followed(event(5), wrong, event(6))).error).toBe(wrong);
});

test('each failure doubles the delay given by the service, up to half a minute', async () => {
  const { waits } = await followed(
    `retry: 2000\n${event(5)}`,
    refused,
    refused,
    refused,
    refused,
    refused,
    refused,
    event(6),
  );
  expect(waits).toEqual([2_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 2_000]);
});

test('half of the delay is random, so that readers do not reconnect together', () => {
  expect([waitMs(undefined, 0, 0), waitMs(undefined, 0, 1), waitMs(4_000, 2, 0.5)]).toEqual([
    500, 1_000, 6_000,
  ]);
});
