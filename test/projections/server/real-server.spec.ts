import { EventStoreDBClient, jsonEvent } from '@eventstore/db-client';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { v4 } from 'uuid';
import { world } from '../../../src/composition/world.js';
import { EventStoreProjections } from '../../../src/event-store/eventstoredb/projections.js';
import { type Compared, ServerProjections } from '../../../src/maintenance/server-projections.js';
import type { ServerScript } from '../../../src/maintenance/server-scripts.js';
import { randomHistory } from '../../support/histories.js';
import { asHeld, builtScripts, misfolding } from '../../support/server-events.js';

const url = process.env.EVENT_STORE_TEST_URL;
const onServer = url ? describe : describe.skip;
const prefix = `proj-test-${v4().slice(0, 8)}.`;
/** Removes the leftovers of a failed test on the server; the client can list nothing while one projection is invalid. */
async function removeLeftovers(server: string): Promise<void> {
  const scheme = /[?&]tls=false/i.test(server) ? 'http' : 'https';
  const listed = await fetch(`${scheme}://${new URL(server).host}/projections/all-non-transient`);
  const { projections } = (await listed.json()) as { projections: { name: string }[] };
  const client = EventStoreDBClient.connectionString(server);
  const left = projections.filter(({ name }) => name.startsWith(prefix));
  for (const { name } of left) {
    await client.disableProjection(name);
    await client.deleteProjection(name, { deleteCheckpointStream: true, deleteStateStream: true });
  }
  await client.dispose();
}

const histories = [1, 2, 3].map((seed) => randomHistory(seed, { entries: 30, project: `random-${seed}` }));

onServer('On a real server', () => {
  let scripts: ServerScript[];
  let deployed: ServerProjections[];

  const reached = (of: readonly ServerScript[]) => {
    const projections = new ServerProjections(
      new EventStoreProjections(url ?? '', world),
      prefix,
      of,
      60_000,
      world.now,
    );
    deployed.push(projections);
    return projections;
  };
  const outcomes = async (projections: ServerProjections): Promise<Compared[]> => {
    const compared: Compared[] = [];
    for await (const one of projections.diff()) compared.push(one);
    return compared;
  };

  beforeAll(async () => {
    scripts = builtScripts(prefix);
    deployed = [];
    const client = EventStoreDBClient.connectionString(url ?? '');
    for (const { events } of histories) {
      const held = events.map((event) => asHeld(event, prefix));
      await client.appendToStream(
        held[0]?.streamId ?? '',
        // Ids are new on every run, because a server keeps those of the run before.
        held.map(({ eventType: type, body: data, metadata }) =>
          jsonEvent({ id: v4(), type, data, metadata }),
        ),
      );
    }
    await client.dispose();
  });
  afterAll(async () => {
    for (const projections of deployed) await projections.close();
    await removeLeftovers(url ?? '');
  });

  test('a wrong script is detected, and the right one replaces it', async () => {
    const wrong = misfolding(scripts);
    const first = reached(wrong);
    expect((await first.push()).map(({ outcome, isCaughtUp }) => [outcome, isCaughtUp])).toEqual([
      ['created', true],
      ['created', true],
      ['created', true],
    ]);
    const unlike = (await outcomes(first)).filter(({ outcome }) => outcome !== 'equal');
    expect(unlike.length).toBeGreaterThan(0);
    for (const { outcome, projection, difference } of unlike) {
      expect([outcome, projection, difference?.server]).toEqual(['differs', 'project-state', 'nobody']);
    }

    const second = reached(scripts);
    const pushed = await second.push();
    expect(pushed[0]?.removed[0]).toMatch(new RegExp(`^${wrong[0]?.name}-[0-9]{14}$`));
    expect(pushed.map(({ outcome, removed }) => [outcome, removed])).toEqual([
      ['created', [pushed[0]?.removed[0]]],
      ['unchanged', []],
      ['unchanged', []],
    ]);
    const compared = await outcomes(second);
    expect(compared.map(({ outcome, revision }) => [outcome, revision])).toEqual(
      histories.flatMap(({ events }) => {
        const row = ['equal', events.length - 1];
        return [row, row];
      }),
    );
    expect((await second.status()).map(({ version, status }) => [version, status])).toEqual([
      ['current', 'Running'],
      ['current', 'Running'],
      ['current', 'Running'],
    ]);
    expect((await second.remove()).length).toBe(3);
    // The same build again, after its removal, finds no leftovers.
    expect((await second.push()).map(({ outcome, isCaughtUp }) => [outcome, isCaughtUp])).toEqual([
      ['created', true],
      ['created', true],
      ['created', true],
    ]);
    expect(new Set((await outcomes(second)).map(({ outcome }) => outcome))).toEqual(new Set(['equal']));
    expect((await second.remove()).length).toBe(3);
    expect((await second.status()).every(({ version }) => version === 'missing')).toBe(true);
  }, 240_000);
});

if (!url) test.skip('EVENT_STORE_TEST_URL names no server, so no real one was tried', () => undefined);
