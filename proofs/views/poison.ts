import { mkdtempSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { alertsStreamOf } from '../../domain/alerts/events.js';
import { streamOf } from '../../domain/project/events.js';
import type { FactTable } from '../../domain/project/facts/fact.js';
import { facts } from '../../domain/project/facts/facts.js';
import { alertsView } from '../../src/app/alerts/alerts-view.js';
import type { Parked } from '../../src/app/views/parked.js';
import { Parking } from '../../src/app/views/parking.js';
import { world } from '../../src/composition/world.js';
import { type Dice, diceOf, uuidOf } from '../../test/support/dice.js';
import { type Replica, startReplica } from '../../test/support/replica.js';
import type { Finding, Proof } from '../proof.js';

const day = '2018-06-30';
const projects = 8;
const nameOf = (number: number) => `site-${number}`;

const fresh = () => ({
  poisoned: 0,
  /** Figures about other projects that were missing, or had other figures than an untouched project. */
  othersFailed: 0,
  /** Parked projects that were answered without saying so. */
  silent: 0,
  /** Parked projects that `/health/ready` did not name. */
  unseen: 0,
  /** Parked events that were named wrongly. */
  wrongEvent: 0,
  /** Projects parked that have no poison. */
  parkedInVain: 0,
  viewsStopped: 0,
  notMended: 0,
});

/**
 * An event that a view cannot take parks its project for that view, and nothing else: other projects are answered as before,
 * also in totals and lists, the service starts again on the same log, and the newer version mends it by `views/retry`.
 *
 * A round is a log of eight projects, two of them poisoned while the service runs: an entry without a measure, which no
 * figure can be computed with, and an event that the alert lists cannot take.
 *
 * Broken, one event that cannot be taken stops its view.
 */
export const poison: Proof = {
  rounds: { small: 2, full: 40 },
  async run({ seed, rounds, isBroken }): Promise<Finding> {
    const dice = diceOf(seed);
    const figures = fresh();
    const { each } = Parking.prototype;
    if (isBroken)
      Parking.prototype.each = (_view, events, apply) => {
        for (const event of events) apply([event]);
      };
    try {
      for (let round = 0; round < rounds; round += 1) {
        await poisonOnce(`poison ${seed} ${round}`, dice, figures);
        if (isBroken && faultsIn(figures) > 0) break;
      }
    } finally {
      Parking.prototype.each = each;
    }
    return { figures: { rounds, ...figures }, pass: figures.poisoned > 0 && faultsIn(figures) === 0 };
  },
};

type Figures = ReturnType<typeof fresh>;

function faultsIn({ poisoned: _, ...faults }: Figures): number {
  return Object.values(faults).reduce((sum, count) => sum + count, 0);
}

async function poisonOnce(seed: string, dice: Dice, figures: Figures): Promise<void> {
  const dataPath = mkdtempSync(fileURLToPath(new URL('../../poison-', import.meta.url)));
  const spoilt = nameOf(dice.int(0, projects - 1));
  const unlisted = nameOf((Number(spoilt.split('-')[1]) + dice.int(1, projects - 1)) % projects);
  const [badEntry, badAlert] = [uuidOf(`${seed} entry`), uuidOf(`${seed} alert`)];
  let isBadAlert = true;
  const { prepare } = alertsView;
  alertsView.prepare = (db) => {
    const apply = prepare(db);
    return (events) => {
      if (isBadAlert && events.some(({ id }) => id === badAlert)) throw new TypeError('no such alert');
      apply(events);
    };
  };
  const expected: Expected = {
    lines: { project: spoilt, entry: badEntry },
    alerts: { project: unlisted, entry: badAlert },
  };
  try {
    let service = await startReplica({ dataPath, world });
    try {
      for (let number = 0; number < projects; number += 1) await register(service, nameOf(number));
      await append(service, streamOf(spoilt), 'ProgressMeasured', { item: 'hall' }, badEntry);
      const noted = { alert: uuidOf(`${seed} an alert`), name: 'nobody', dueOn: day };
      await append(service, alertsStreamOf(unlisted), 'AlertAcknowledged', noted, badAlert);
      figures.poisoned += 2;
      // What comes afterwards is recorded, of the poisoned ones too.
      for (let number = 0; number < projects; number += 1) await report(service, nameOf(number));
      await compare(service, expected, figures);
      await service.close();
      const again = await startReplica({ dataPath, world }).catch(() => undefined);
      if (!again) {
        figures.viewsStopped += 1;
        return;
      }
      service = again;
      await compare(service, expected, figures);
      await service.close();
      isBadAlert = false;
      service = await startReplica({ dataPath, world, facts: mendedFacts });
      await mend(service, figures);
    } finally {
      await service.close();
    }
  } finally {
    alertsView.prepare = prepare;
    rmSync(dataPath, { recursive: true, force: true });
  }
}

/** The facts of a version that can compute with a measurement without a measure. */
const mendedFacts: FactTable = {
  ...facts,
  ProgressMeasured: {
    ...facts.ProgressMeasured,
    schema: facts.ProgressMeasured.schema + 1,
    upcasts: {
      ...facts.ProgressMeasured.upcasts,
      [facts.ProgressMeasured.schema]: (data: Record<string, unknown>) => ({
        measure: { kind: 'percent', basisPoints: 0 },
        ...data,
      }),
    },
  },
};

async function register(service: Replica, project: string): Promise<void> {
  const body = { project, asOf: '2018-01-02', name: { en: project } };
  const { status, text } = await service.ask('POST', '/projects', body);
  if (status !== 201) throw new Error(`${project} was not registered: ${text}`);
}

async function append(
  { composed }: Replica,
  stream: string,
  type: string,
  data: object,
  id: string,
): Promise<void> {
  const entry = { asOf: day, precision: 'day', inferred: false, source: { kind: 'inspection' } };
  await composed.store.append(stream, [{ id, type, data, entry, by: 'another-hand' } as never], 'any');
}

/** Money since the start, the same of every project. */
async function report({ composed }: Replica, project: string): Promise<void> {
  const data = { amountMinor: 100, currency: 'CNY', span: 'since-start', basis: 'physical' };
  await append({ composed } as Replica, streamOf(project), 'InvestmentReported', data, world.newId());
}

/** The events that have to be parked, by view. */
type Expected = Record<'lines' | 'alerts', { project: string; entry: string }>;

async function compare(service: Replica, expected: Expected, figures: Figures): Promise<void> {
  const after = `after=${await service.composed.store.head()}`;
  const totals = await service.ask('GET', `/portfolio?${after}`);
  if (totals.status !== 200) {
    // The views do not come to that position any more.
    figures.othersFailed += 1;
    return;
  }
  const list = await service.ask('GET', `/projects?${after}`);
  const counted = totals.body.total?.projects;
  if (counted !== projects - 1) figures.othersFailed += 1;
  if (list.status !== 200 || list.body.items?.length !== projects - 1) figures.othersFailed += 1;
  for (const { body } of [totals, list])
    if (!body.parked?.some((one: Parked) => one.project === expected.lines.project)) figures.silent += 1;
  for (let number = 0; number < projects; number += 1) {
    const project = nameOf(number);
    const { status, body } = await service.ask('GET', `/projects/${project}?${after}`);
    if (project === expected.lines.project) {
      if (status !== 503 || body.type !== '/problems/figures-parked') figures.silent += 1;
      else if (body.entry !== expected.lines.entry) figures.wrongEvent += 1;
    } else if (status !== 200) figures.othersFailed += 1;
    else if (project === expected.alerts.project) {
      const [first] = body.parked ?? [];
      if (first?.view !== 'alerts') figures.silent += 1;
      else if (first.since.entry !== expected.alerts.entry) figures.wrongEvent += 1;
    } else if (body.parked) figures.parkedInVain += 1;
  }
  const health = await service.ask('GET', '/health/ready');
  if (health.status !== 200) figures.viewsStopped += 1;
  const parked: Parked[] = health.body.parked ?? [];
  for (const [view, { project, entry }] of Object.entries(expected))
    if (!parked.some((one) => one.view === view && one.project === project && one.since.entry === entry))
      figures.unseen += 1;
  if (parked.length > 2) figures.parkedInVain += parked.length - 2;
}

async function mend(service: Replica, figures: Figures): Promise<void> {
  const retried = await service.ask('POST', '/views/retry');
  const totals = await service.ask('GET', '/portfolio');
  const health = await service.ask('GET', '/health/ready');
  const isMended = retried.status === 200 && retried.body.parked.length === 0;
  const isWhole = totals.body.total?.projects === projects && totals.body.parked === undefined;
  if (!isMended || !isWhole || health.body.parked) figures.notMended += 1;
}
