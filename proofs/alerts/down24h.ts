import { diceOf, uuidOf } from '../../test/support/dice.js';
import { raised, SimulatedClock, SimulatedInstallation } from '../../test/support/simulated-deliveries.js';
import type { Proof } from '../proof.js';

const minute = 60_000;
const hour = 60 * minute;
const begin = Date.parse('2018-07-10T00:00:00.000Z');
const at = (ms: number) => new Date(begin + ms).toISOString();

/**
 * Receivers that were down for 24 h get everything, in order, soon after they are back and without a flood; one that
 * never comes back is given up after 5 days.
 *
 * A round is an alert; there is one endpoint per twenty of them, and each endpoint subscribes to every alert. All
 * endpoints are down for the first 24 h, in which the alerts are raised.
 *
 * Broken, attempts are 7 h apart, as in schedules that double their pauses.
 */
export const down24h: Proof = {
  rounds: { small: 40, full: 1_000 },
  async run({ seed, rounds, isBroken }) {
    const dice = diceOf(seed);
    const endpoints = Array.from({ length: Math.ceil(rounds / 20) }, (_, n) => uuidOf(`endpoint ${n}`));
    const site = new SimulatedInstallation(new SimulatedClock(begin));
    site.random = () => dice.int(0, 999_999) / 1_000_000;
    let isDown = true;
    site.answer = () =>
      isDown
        ? { kind: 'failed', why: 'no answer', ...(isBroken ? { retryAfterMs: 7 * hour } : {}) }
        : { kind: 'accepted' };
    try {
      await site.start();
      for (const endpoint of endpoints) await site.subscribe(endpoint);
      const moments = Array.from({ length: rounds }, () => dice.int(0, 24 * hour - minute)).sort(
        (a, b) => a - b,
      );
      for (const [n, moment] of moments.entries()) {
        await site.advance(at(moment));
        await site.ofAlerts(`project-${n % 100}`, raised(uuidOf(`${seed} alert ${n}`)));
      }
      await site.advance(at(24 * hour));
      const probes = site.received.length;
      isDown = false;
      await site.advance(at(24 * hour + 45 * minute));
      const accepted = site.received.slice(probes);
      const lastAfterRecoveryMin = (Date.parse(accepted.at(-1)?.at ?? at(0)) - begin - 24 * hour) / minute;
      const orders = endpoints.map((endpoint) =>
        accepted
          .filter(({ notice }) => notice.subscription === endpoint)
          .map(({ notice }) => notice.items[0]?.position ?? 0),
      );
      const isInOrder = orders.every((order) => order.every((position, n) => position > (order[n - 1] ?? 0)));
      const delivered =
        orders.reduce((sum, order) => sum + new Set(order).size, 0) / (rounds * endpoints.length);
      const ofEach = new Map<string, number>();
      for (const { notice } of site.received.slice(0, probes))
        ofEach.set(notice.subscription, (ofEach.get(notice.subscription) ?? 0) + 1);
      const probesPerEndpoint = Math.max(...ofEach.values());
      const peakAttemptsPerSecond = peak(site.received.map(({ at: instant }) => Date.parse(instant)));
      const disabledAfterDays = await daysUntilLeftAlone(site, endpoints[0] ?? '', () => {
        isDown = true;
      });
      const pass =
        delivered === 1 &&
        lastAfterRecoveryMin <= 40 &&
        probesPerEndpoint <= 55 &&
        peakAttemptsPerSecond <= 50 &&
        isInOrder &&
        disabledAfterDays >= 5 &&
        disabledAfterDays < 5.05;
      const figures = {
        alerts: rounds,
        endpoints: endpoints.length,
        delivered: `${100 * delivered} %`,
        lastAfterRecoveryMin: Math.round(10 * lastAfterRecoveryMin) / 10,
        probesPerEndpoint,
        peakAttemptsPerSecond,
        orderKept: isInOrder,
        disabledAfterDays: Math.round(100 * disabledAfterDays) / 100,
      };
      return { figures, pass };
    } finally {
      await site.close();
    }
  },
};

/** Maximum attempts within any second. */
function peak(instants: readonly number[]): number {
  let first = 0;
  return instants.reduce((most, instant, last) => {
    while ((instants[first] ?? instant) <= instant - 1_000) first += 1;
    return Math.max(most, last - first + 1);
  }, 0);
}

/** Days from the first failed attempt of an endpoint that stays down until its subscription is paused; 0 if never. */
async function daysUntilLeftAlone(
  site: SimulatedInstallation,
  endpoint: string,
  takeDown: () => void,
): Promise<number> {
  takeDown();
  const startMs = Date.parse(site.clock.now());
  await site.ofAlerts('project-0', raised(uuidOf('the last alert')));
  await site.advance(new Date(startMs + 121 * hour).toISOString());
  const paused = (await site.log()).find(
    ({ type, data }) =>
      type === 'SubscriptionPaused' && 'subscription' in data && data.subscription === endpoint,
  );
  return paused ? (Date.parse(paused.recordedAt) - startMs) / (24 * hour) : 0;
}
