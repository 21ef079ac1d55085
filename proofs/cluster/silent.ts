import { setTimeout as pause } from 'node:timers/promises';
import { type StandIn, startStandIn } from '../../test/stand-in/stand-in.js';
import { newPrefix } from '../../test/support/event-store-cluster.js';
import { measured } from '../../test/support/event-store-samples.js';
import type { Finding, Proof } from '../proof.js';
import { type Relay, startRelay } from './relay.js';
import { fasterPorts, openUp } from './served.js';

/** Time limit for detecting silence, in milliseconds. */
const noticeMs = 25_000;
/** Time limit after that, or after the connection is restored, for delivering missed events, in milliseconds. */
const healMs = 15_000;
/** The interval of the store's check, which the control disables, in milliseconds. */
const probeEveryMs = 10_000;

/** A way to fall silent without an end; the returned function undoes it. */
interface Silence {
  name: string;
  fall(server: StandIn, relay: Relay): () => void;
}

const silences: Silence[] = [
  {
    name: 'bytes of open connections are lost',
    fall: (_, relay) => {
      relay.haltOpen('black-hole');
      return () => undefined;
    },
  },
  {
    name: 'bytes of open connections are not taken',
    fall: (_, relay) => {
      relay.haltOpen('freeze');
      return () => undefined;
    },
  },
  {
    name: 'the server answers no read and hands over nothing',
    fall: ({ faults }) => {
      faults.isSilent = true;
      return () => {
        faults.isSilent = false;
      };
    },
  },
  {
    name: 'the subscription hands over nothing, all else is well',
    fall: ({ log }) => {
      const listeners = log.listeners('stored');
      log.removeAllListeners('stored');
      return () => {
        for (const listener of listeners) log.on('stored', listener as Parameters<typeof log.on>[1]);
      };
    },
  },
];

interface Found {
  name: string;
  detectMs: number;
  healedMs: number;
  missed: number;
}

/**
 * A connection or a subscription that falls silent without an end is detected within 25 s and replaced, and missed
 * events are delivered.
 *
 * A round is one store; a quarter of them fall silent in each of four ways, at the same time, on servers of both kinds.
 * In the small size the store's timers, and the limits with them, are ten times shorter.
 *
 * Broken, the store never checks.
 */
export const silent: Proof = {
  rounds: { small: 8, full: 40 },
  async run({ rounds, isBroken }): Promise<Finding> {
    const timeScale = rounds <= 8 ? 10 : 1;
    const found = await Promise.all(
      Array.from({ length: rounds }, (_, number) => {
        const silence = silences[number % silences.length] as Silence;
        // At different distances from the store's last check.
        const waitMs = ((number * 7_919) % probeEveryMs) / timeScale;
        const kind = Math.floor(number / silences.length) % 2 === 0 ? 'new' : 'old';
        return fallSilent(silence, { kind, waitMs, timeScale, isBroken });
      }),
    );
    const late = found.filter(
      ({ detectMs, healedMs }) => detectMs > noticeMs / timeScale || healedMs > healMs / timeScale + 500,
    );
    const missed = found.reduce((sum, one) => sum + one.missed, 0);
    const [worst] = late;
    return {
      figures: {
        server: 'stand-in',
        timeScale,
        silences: found.length,
        detectMs: Math.round(Math.max(...found.map(({ detectMs }) => detectMs))),
        healedMs: Math.round(Math.max(...found.map(({ healedMs }) => healedMs))),
        late: late.length,
        missed,
        ...(worst ? { firstFault: JSON.stringify(worst) } : {}),
      },
      pass: late.length === 0 && missed === 0,
    };
  },
};

async function fallSilent(
  { name, fall }: Silence,
  trial: { kind: 'new' | 'old'; waitMs: number; timeScale: number; isBroken: boolean },
): Promise<Found> {
  const { kind, waitMs, timeScale, isBroken } = trial;
  const server = await startStandIn({ kind });
  const relay = await startRelay(server.port);
  const prefix = newPrefix();
  const noticed = Promise.withResolvers<void>();
  let isSilent = false;
  const scaled = fasterPorts(timeScale);
  const store = await openUp(`esdb://127.0.0.1:${relay.port}?tls=false`, prefix, {
    ...scaled,
    after: (ms, call) => (isBroken && ms === probeEveryMs ? () => undefined : scaled.after(ms, call)),
    onStatus({ state }) {
      if (state !== 'up' && isSilent) noticed.resolve();
    },
  });
  const others = await openUp(server.url, prefix);
  const taken = new Set<string>();
  const following = store.events$(0).subscribe({
    next: (events) => {
      for (const { id } of events) taken.add(id);
    },
    error: () => undefined,
  });
  const say = (n: number) => others.append('project-east', [measured(n, `${prefix} ${n}`)], 'any');
  const missed = () => server.log.eventsOf(`${prefix}project-east`).filter(({ id }) => !taken.has(id)).length;
  try {
    for (let n = 0; n < 5; n += 1) await say(n);
    await pause(waitMs);
    const undo = fall(server, relay);
    isSilent = true;
    const fellAt = performance.now();
    // Without reads nobody can be sure that it is stored.
    const said = Promise.all([5, 6, 7, 8].map((n) => say(n).catch(() => undefined)));
    const limitMs = noticeMs / timeScale;
    await Promise.race([noticed.promise, pause(limitMs + 500)]);
    const noticedAt = performance.now();
    undo();
    await said;
    const healingMs = noticedAt - fellAt > limitMs ? 0 : healMs / timeScale + 1_000;
    while (missed() > 0 && performance.now() - noticedAt < healingMs) await pause(5);
    return {
      name,
      detectMs: noticedAt - fellAt,
      healedMs: performance.now() - noticedAt,
      missed: missed(),
    };
  } finally {
    relay.close();
    following.unsubscribe();
    await Promise.all([store.close(), others.close()]);
    await server.kill();
  }
}
