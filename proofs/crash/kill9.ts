import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { storePath } from '../../src/composition/folder/data-paths.js';

import { removeAnchor } from '../../src/event-store/sqlite/anchor.js';
import { diceOf, uuidOf } from '../../test/support/dice.js';
import type { Finding, Proof } from '../proof.js';
import { started } from '../service/child-service.js';
import { SiteClient } from '../service/site-client.js';
import { factsIn } from '../store/facts-kept.js';

const inspectors = 64;
const projects = 16;

/** A fact that an inspector resends until it is acknowledged. */
interface Sent {
  id: string;
  project: string;
  item: string;
  answer?: { revision: number; position: number };
}

/**
 * Facts answered with 201 survive `kill -9`, and a retry with the same id does not store them twice.
 *
 * A round is one kill: 64 inspectors log facts about 16 projects concurrently, the process is killed 200 to 800 ms
 * after its first answer, the next one starts on the same folder, and unanswered facts are resent first.
 *
 * Broken, the store answers before it commits.
 */
export const kill9: Proof = {
  rounds: { small: 4, full: 500 },
  async run({ seed, rounds: asked, isBroken }): Promise<Finding> {
    // A broken rule is detected immediately, and every round starts a service.
    const rounds = isBroken ? Math.min(asked, 2) : asked;
    const dice = diceOf(seed);
    const folder = mkdtempSync(fileURLToPath(new URL('../../kill9-', import.meta.url)));
    const dataPath = join(folder, 'data');
    // The anchor and the ledger would report the loss at the start, before a reader could see it.
    const broken = isBroken ? { before: ['crash/late-commit.js'], env: { TOPOUT_LEDGER: 'off' } } : {};
    const sent: Sent[] = [];
    const startMs: number[] = [];
    let resent = 0;
    let refused = 0;
    let unread = 0;
    const next = (): Sent => {
      const project = `site-${sent.length % projects}`;
      const fact = { id: uuidOf(`kill9 ${seed} ${sent.length}`), project, item: `work-${sent.length}` };
      sent.push(fact);
      return fact;
    };
    try {
      let unanswered: Sent[] = [];
      for (let round = 0; round <= rounds; round += 1) {
        const isLast = round === rounds;
        const begun = performance.now();
        if (isBroken) removeAnchor(storePath(dataPath));
        const service = await started(dataPath, broken);
        startMs.push(performance.now() - begun);
        const client = new SiteClient(service.at, inspectors);
        if (round === 0) await registerAll(client, seed);
        const queue = unanswered;
        resent += queue.length;
        unanswered = [];
        let isKilled = false;
        const answered = Promise.withResolvers<void>();
        const inspector = async () => {
          while (!isKilled) {
            const fact = queue.shift() ?? (isLast ? undefined : next());
            if (!fact) return;
            const status = await log(client, fact);
            answered.resolve();
            if (fact.answer) continue;
            unanswered.push(fact);
            if (status !== undefined && status !== 503) refused += 1;
            if (status === 503) await pause(20);
          }
          unanswered.push(...queue.splice(0));
        };
        const working = Promise.all(Array.from({ length: inspectors }, inspector));
        if (isLast) {
          await working;
          unread = await notShown(client, sent);
        } else {
          await answered.promise;
          await pause(dice.int(200, 800));
          isKilled = true;
        }
        await service.kill();
        await client.close();
        await working;
      }
      const acknowledged = sent.filter(({ answer }) => answer);
      if (isBroken) removeAnchor(storePath(dataPath));
      const { integrity, events, ...kept } = await factsIn(join(dataPath, 'events.db'));
      const places = new Map(events.map((event) => [event.id, event]));
      const isThere = ({ id, answer }: Sent) => {
        const event = places.get(id);
        return event?.revision === answer?.revision && event?.position === answer?.position;
      };
      const ids = new Set(sent.map(({ id }) => id));
      const ofInspectors = events.filter(({ type }) => type === 'MilestoneReached');
      const figures = {
        kills: rounds,
        sent: sent.length,
        acknowledged: acknowledged.length,
        resent,
        lostAcknowledged: acknowledged.filter((fact) => !isThere(fact)).length,
        duplicates: ofInspectors.length - new Set(ofInspectors.map(({ data }) => JSON.stringify(data))).size,
        neverSent: ofInspectors.filter(({ id }) => !ids.has(id)).length,
        refused,
        unread,
        events: events.length,
        ...kept,
        integrity,
        startMsMedian: medianOf(startMs),
      };
      const { lostAcknowledged, duplicates, neverSent, seqDense, streamsWithGaps } = figures;
      const faults = lostAcknowledged + duplicates + neverSent + refused + unread + streamsWithGaps;
      const isWhole = faults === 0 && seqDense && integrity === 'ok';
      return { figures, pass: isWhole && acknowledged.length === sent.length && rounds > 0 };
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

async function registerAll(client: SiteClient, seed: number): Promise<void> {
  for (let number = 0; number < projects; number += 1) {
    const answer = await client.register(`site-${number}`, uuidOf(`kill9 project ${seed} ${number}`));
    if (answer?.status !== 201) throw new Error(`A project was not registered: ${JSON.stringify(answer)}`);
  }
}

/** Sends a fact once; returns the status, if one came. */
async function log(client: SiteClient, fact: Sent): Promise<number | undefined> {
  const { project, id, item } = fact;
  const answer = await client.log(project, id, { type: 'MilestoneReached', item, asOf: '2018-06-30' });
  if (answer?.status === 201) {
    const { revision, position } = answer.body;
    fact.answer = { revision: Number(revision), position: Number(position) };
  }
  return answer?.status;
}

/** The number of acknowledged facts missing in the service's journals. */
async function notShown(client: SiteClient, sent: readonly Sent[]): Promise<number> {
  const shown = new Set<string>();
  for (let number = 0; number < projects; number += 1) {
    for (const { id } of (await client.journal(`site-${number}`)) ?? []) shown.add(id);
  }
  return sent.filter(({ id, answer }) => answer && !shown.has(id)).length;
}

function medianOf(figures: readonly number[]): number {
  return Math.round([...figures].sort((a, b) => a - b)[Math.floor(figures.length / 2)] ?? 0);
}
