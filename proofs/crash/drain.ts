import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Client } from 'undici';
import { diceOf, uuidOf } from '../../test/support/dice.js';
import { percentile } from '../load/sse-crowd.js';
import type { Finding, Proof } from '../proof.js';
import { type ChildService, started } from '../service/child-service.js';
import { StreamHeard } from '../service/readers.js';
import { SiteClient } from '../service/site-client.js';
import { factsIn } from '../store/facts-kept.js';

const inspectors = 64;
const projects = 16;
const streams = 8;
const endsWithinMs = 10_000;
/** A connection in the kernel's backlog is reset immediately when listening ends; an accepted one has longer. */
const unseenMs = 100;

const fresh = () => ({
  answered: 0,
  acknowledged: 0,
  /** Requests on open and new connections that were answered 503 with `Connection: close`. */
  refused: 0,
  newcomersRefused: 0,
  /** Requests that found no listener any more. */
  foundNobody: 0,
  /** Connections reset by the kernel when listening ended: the service never saw them, and no program can. */
  resetUnseen: 0,
  resetBeforeReply: 0,
  otherAnswers: 0,
  streamsCut: 0,
  lostAcknowledged: 0,
  otherExits: 0,
});
type Figures = ReturnType<typeof fresh>;

/**
 * A service that is stopped (SIGTERM) cuts no accepted request, answers new ones with 503 and `Connection: close`, ends
 * streams with their reconnection time, and exits within 10 s with code 0; everything answered with 201 is stored.
 *
 * A round is one stop while 64 inspectors, each on its own connection, log facts sequentially, and newcomers open a
 * connection each. A client that gets the 503 stays away.
 *
 * Broken, the process ends immediately.
 */
export const drain: Proof = {
  rounds: { small: 3, full: 50 },
  async run({ seed, rounds, isBroken }): Promise<Finding> {
    const dice = diceOf(seed);
    const folder = mkdtempSync(fileURLToPath(new URL('../../drain-', import.meta.url)));
    const dataPath = join(folder, 'data');
    const figures = fresh();
    const exitMs: number[] = [];
    const acknowledged = new Map<string, number>();
    try {
      for (let round = 0; round < rounds; round += 1) {
        const service = await started(dataPath, { before: isBroken ? ['crash/ends-at-once.js'] : [] });
        if (round === 0) await registerAll(service.at, seed);
        const heard = await Promise.all(Array.from({ length: streams }, () => StreamHeard.open(service.at)));
        let isStopping = false;
        const working = Promise.all(
          Array.from({ length: inspectors }, (_, number) =>
            inspect(service.at, figures, acknowledged, `drain ${seed} ${round} ${number}`),
          ),
        );
        const coming = newcomers(service.at, figures, () => isStopping);
        await pause(dice.int(100, 500));
        isStopping = true;
        exitMs.push(await stopped(service, figures));
        await Promise.all([working, coming]);
        // The end of a stream may be read a little after the process has exited.
        await pause(50);
        figures.streamsCut += heard.filter((stream) => !stream.hasRetryTime).length;
        for (const stream of heard) stream.leave();
        // One breach is enough to detect it.
        if (isBroken && figures.resetBeforeReply > 0) break;
      }
      const { events, integrity } = await factsIn(join(dataPath, 'events.db'));
      const places = new Map(events.map(({ id, position }) => [id, position]));
      figures.acknowledged = acknowledged.size;
      for (const [id, position] of acknowledged)
        if (places.get(id) !== position) figures.lostAcknowledged += 1;
      const { resetBeforeReply, otherAnswers, streamsCut, lostAcknowledged, otherExits } = figures;
      const exitMsMax = Math.round(Math.max(...exitMs));
      const faults = resetBeforeReply + otherAnswers + streamsCut + lostAcknowledged + otherExits;
      const isRare = figures.resetUnseen <= Math.max(1, exitMs.length / 10);
      const isRefused = figures.refused > 0 && figures.newcomersRefused > 0 && figures.acknowledged > 0;
      return {
        figures: {
          stops: exitMs.length,
          ...figures,
          integrity,
          exitMsP50: Math.round(percentile(exitMs, 0.5)),
          exitMsP99: Math.round(percentile(exitMs, 0.99)),
          exitMsMax,
        },
        pass: faults === 0 && isRare && isRefused && integrity === 'ok' && exitMsMax <= endsWithinMs,
      };
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

async function registerAll(url: string, seed: number): Promise<void> {
  const client = new SiteClient(url);
  for (let number = 0; number < projects; number += 1)
    await client.register(`site-${number}`, uuidOf(`drain project ${seed} ${number}`));
  await client.close();
}

/** Stops a service, and returns the milliseconds until its exit. */
async function stopped({ child, ended }: ChildService, figures: Figures): Promise<number> {
  const begun = performance.now();
  const patience = setTimeout(() => child.kill('SIGKILL'), 2 * endsWithinMs);
  child.kill('SIGTERM');
  const { code } = await ended;
  clearTimeout(patience);
  if (code !== 0) figures.otherExits += 1;
  return performance.now() - begun;
}

/** One inspector on one connection, until the 503 or until there is no listener. */
async function inspect(
  url: string,
  figures: Figures,
  acknowledged: Map<string, number>,
  name: string,
): Promise<void> {
  const client = new Client(url, { pipelining: 1 });
  for (let number = 0; ; number += 1) {
    const id = uuidOf(`${name} ${number}`);
    const item = `${name.replaceAll(' ', '-')}-${number}`;
    const path = `/projects/site-${number % projects}/entries`;
    const outcome = await outcomeOf(client, 'POST', path, id, {
      type: 'MilestoneReached',
      item,
      asOf: '2018-06-30',
    });
    if (typeof outcome === 'object') {
      figures.answered += 1;
      acknowledged.set(id, Number(outcome.position));
      continue;
    }
    figures[outcome] += 1;
    break;
  }
  await client.destroy();
}

/** After the stop, a request on its own connection every few milliseconds, until there is no listener. */
async function newcomers(url: string, figures: Figures, isStopping: () => boolean): Promise<void> {
  while (!isStopping()) await pause(5);
  for (let isReset = false; ; ) {
    const begun = performance.now();
    const outcome = await newcomer(url);
    const tookMs = performance.now() - begun;
    if (isReset) figures[outcome === 'foundNobody' ? 'resetUnseen' : 'resetBeforeReply'] += 1;
    isReset = outcome === 'resetBeforeReply' && tookMs < unseenMs;
    // The first ones may arrive before the signal.
    if (outcome === 'refused') figures.newcomersRefused += 1;
    else if (typeof outcome !== 'object' && !isReset) figures[outcome] += 1;
    if (outcome === 'foundNobody') return;
    await pause(10);
  }
}

async function newcomer(url: string): Promise<Outcome> {
  const client = new Client(url);
  const outcome = await outcomeOf(client, 'GET', '/projects/site-0');
  await client.destroy();
  return outcome;
}

type Outcome = 'refused' | 'foundNobody' | 'resetBeforeReply' | 'otherAnswers' | Record<string, unknown>;

/** Sends one request; returns the body of a success, or a word for what came instead. */
async function outcomeOf(
  client: Client,
  method: 'GET' | 'POST',
  path: string,
  id?: string,
  said?: object,
): Promise<Outcome> {
  try {
    const { statusCode, headers, body } = await client.request({
      method,
      path,
      ...(said ? { body: JSON.stringify(said) } : {}),
      headers: { ...(said ? { 'content-type': 'application/json', 'idempotency-key': id } : {}) },
    });
    const answer = (await body.json()) as Record<string, unknown>;
    if (statusCode === 200 || statusCode === 201) return answer;
    const isRefused =
      statusCode === 503 && headers.connection === 'close' && headers['retry-after'] !== undefined;
    return isRefused && answer.type === '/problems/service-ending' ? 'refused' : 'otherAnswers';
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ECONNREFUSED' ? 'foundNobody' : 'resetBeforeReply';
  }
}
