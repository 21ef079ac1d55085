import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { storePath } from '../../src/composition/folder/data-paths.js';

import { removeAnchor } from '../../src/event-store/sqlite/anchor.js';
import { type Dice, diceOf, uuidOf } from '../../test/support/dice.js';
import { startTcpProxy, type TcpProxy } from '../../test/support/tcp-proxy.js';
import type { Finding, Proof } from '../proof.js';
import { type ChildService, started } from '../service/child-service.js';
import { SiteClient } from '../service/site-client.js';

import { factsIn } from './facts-kept.js';
import { type Append, check, type Kept, type Look } from './history-check.js';
import { AlertListener, mix, projects } from './history-clients.js';

const mixers = 28;
const listeners = 4;
const hourMs = 3_600_000;

const fresh = () => ({ kills: 0, pauses: 0, cuts: 0, jumps: 0 });
type Disturbed = ReturnType<typeof fresh>;

/**
 * Reads of a project show a prefix of one order; nothing acknowledged is missing, nothing refused appears, and nothing
 * seen disappears.
 *
 * A round is a second, without restart times, in which 28 clients log facts, read projects and read journals as known
 * at a position, and 4 read the stream of alerts, while the process is killed and restarted, paused, disconnected, and
 * its clock set by an hour, a day or 400 days. All answers are then checked against the final content of the store.
 *
 * Broken, the store answers before it commits.
 */
export const history: Proof = {
  rounds: { small: 8, full: 60 },
  async run({ seed, rounds: asked, isBroken }): Promise<Finding> {
    const rounds = isBroken ? Math.min(asked, 4) : asked;
    const folder = mkdtempSync(fileURLToPath(new URL('../../history-', import.meta.url)));
    const dataPath = join(folder, 'data');
    const before = ['store/jumping-clock.js', ...(isBroken ? ['crash/late-commit.js'] : [])];
    const operations: (Append | Look)[] = [];
    const proxy = await startTcpProxy(1);
    const nemesis = new Nemesis(
      proxy,
      () => {
        // The anchor would report the loss at the start, before a reader could see it.
        if (isBroken) removeAnchor(storePath(dataPath));
        // The ledger would find a store that was set back, as the anchor would.
        return started(dataPath, { before, ...(isBroken ? { env: { TOPOUT_LEDGER: 'off' } } : {}) });
      },
      diceOf(seed),
    );
    try {
      // The projects are durable before any disturbance.
      await registerAll(dataPath, seed);
      await nemesis.start();
      const url = `http://127.0.0.1:${proxy.port}`;
      const client = new SiteClient(url, mixers, 4_000);
      const alerts = Array.from({ length: listeners }, () => new AlertListener(url, 0));
      const listening = alerts.map((listener) => listener.listen());
      let isOver = false;
      const setting = { client, seed, operations, isOver: () => isOver };
      const mixing = Array.from({ length: mixers }, (_, number) => mix(setting, number));
      await nemesis.disturb(rounds * 1_000);
      isOver = true;
      await Promise.all(mixing);
      await quiet(alerts);
      for (const listener of alerts) listener.close();
      await Promise.all(listening);
      await client.close();
      await nemesis.end();

      if (isBroken) removeAnchor(storePath(dataPath));
      const { events, integrity } = await factsIn(join(dataPath, 'events.db'));
      const types = new Set(alerts.flatMap((listener) => [...listener.types]));
      const kept = events.map(({ id, stream, type, position, revision, recordedAt }): Kept => {
        const project = /^project-(.*)$/.exec(stream)?.[1];
        const kind = project !== undefined ? 'entry' : types.has(type) ? 'alert' : 'system';
        return { kind, project: project ?? stream, id, position, revision, recordedAt };
      });
      const registrations = kept
        .filter(({ kind, revision }) => kind === 'entry' && revision === 0)
        .map(
          ({ id, project }): Append => ({
            kind: 'append',
            project,
            id,
            outcome: 'unknown',
            begun: 0,
            ended: 0,
          }),
        );
      const received = alerts.map(({ from, positions }) => ({ from, positions }));
      const verdict = check({ operations: [...registrations, ...operations], readers: received }, kept);
      const appends = operations.filter(({ kind }) => kind === 'append') as Append[];
      const outcomes = (outcome: string) => appends.filter((append) => append.outcome === outcome).length;
      const figures = {
        ops: operations.length,
        ok: outcomes('ok'),
        fail: outcomes('fail'),
        unknown: outcomes('unknown'),
        looks: operations.length - appends.length,
        received: received.reduce((sum, { positions }) => sum + positions.length, 0),
        ...nemesis.disturbed,
        ...verdict,
        integrity,
      };
      const faults = verdict.lost + verdict.phantom + verdict.reordered + verdict.unSeen;
      const isSeen = figures.ok > 0 && figures.looks > 0 && figures.received > 0 && figures.kills > 0;
      return { figures, pass: faults === 0 && integrity === 'ok' && isSeen };
    } finally {
      await nemesis.end();
      await proxy.close();
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

async function registerAll(dataPath: string, seed: number): Promise<void> {
  const service = await started(dataPath);
  const client = new SiteClient(service.at);
  for (let number = 0; number < projects; number += 1)
    await client.register(`site-${number}`, uuidOf(`history project ${seed} ${number}`));
  await client.close();
  await service.kill('SIGTERM');
}

/** Waits until no reader has received anything for a while. */
async function quiet(alerts: readonly AlertListener[]): Promise<void> {
  for (let last = -1, still = 0; still < 8; ) {
    await pause(250);
    const now = alerts.reduce((sum, { positions }) => sum + positions.length, 0);
    still = now === last ? still + 1 : 0;
    last = now;
  }
}

/** Disturbs a service and the connection to it. */
class Nemesis {
  readonly disturbed: Disturbed = fresh();
  private service: ChildService | undefined;
  private startingMs = 0;

  constructor(
    readonly proxy: TcpProxy,
    readonly launch: () => Promise<ChildService & { at: string }>,
    readonly dice: Dice,
  ) {}

  async start(): Promise<void> {
    const begun = performance.now();
    const service = await this.launch();
    this.startingMs += performance.now() - begun;
    this.service = service;
    this.proxy.targetPort = Number(new URL(service.at).port);
  }

  /** Each disturbance once early, then at random. */
  async disturb(forMs: number): Promise<void> {
    const begun = performance.now();
    this.startingMs = 0;
    // Restart time does not count, because nobody is answered.
    const isOver = () => performance.now() - begun - this.startingMs > forMs;
    const first = ['jump', 'kill', 'cut', 'pause'] as const;
    for (let turn = 0; !isOver() || turn < first.length; turn += 1) {
      await pause(this.dice.int(200, 900));
      await this.do(first[turn] ?? this.dice.pick(['jump', 'kill', 'kill', 'cut', 'pause']));
    }
    await pause(this.dice.int(200, 900));
  }

  async end(): Promise<void> {
    await this.service?.kill();
  }

  private async do(what: 'jump' | 'kill' | 'cut' | 'pause'): Promise<void> {
    const child = this.service?.child;
    switch (what) {
      case 'kill':
        await this.service?.kill();
        this.disturbed.kills += 1;
        return this.start();
      case 'pause':
        child?.kill('SIGSTOP');
        await pause(this.dice.int(100, 700));
        child?.kill('SIGCONT');
        this.disturbed.pauses += 1;
        return;
      case 'cut':
        this.proxy.cut();
        this.disturbed.cuts += 1;
        return;
      case 'jump': {
        const hours = this.dice.pick([-1, -24, 24, 400 * 24, 0]);
        child?.send({ aheadMs: hours * hourMs });
        this.disturbed.jumps += 1;
      }
    }
  }
}
