import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { copyLog, firstDifference, type RawLog, type RawTarget } from '../../src/event-store/copy.js';
import { openSqliteStore } from '../../src/event-store/sqlite/sqlite.js';
import { verifySqliteFile } from '../../src/event-store/sqlite/verify.js';
import { erasedText } from '../stand-in/log.js';
import { type StandIn, startStandIn } from '../stand-in/stand-in.js';
import { bodiesOf, rawCluster, rawFile, rawTargetFile, storeOfHistories } from '../support/copied-logs.js';
import { diceOf, uuidOf } from '../support/dice.js';
import { clusterPorts, newPrefix, openCluster, servers } from '../support/event-store-cluster.js';
import { storePorts, temporaryFolder } from '../support/event-store-ports.js';
import { measured } from '../support/event-store-samples.js';

// A server on a shared disk is slow.
jest.setTimeout(60_000);

let folder: ReturnType<typeof temporaryFolder>;
let source: string;
beforeEach(async () => {
  folder = temporaryFolder();
  source = folder.file('source.db');
});
afterEach(() => folder.remove());

/** Copies from one to the other and closes both; a file target gets its name. */
async function copied(from: RawLog, to: RawTarget): Promise<{ before: number; added: number }> {
  try {
    const result = await copyLog(from, to);
    await to.finish();
    return result;
  } finally {
    await to.close();
    await from.close();
  }
}

async function bodiesIn(opened: RawLog | Promise<RawLog>): Promise<string[]> {
  const log = await opened;
  try {
    return await bodiesOf(log);
  } finally {
    await log.close();
  }
}

async function installationIn(opened: RawLog | Promise<RawLog>): Promise<string | undefined> {
  const log = await opened;
  await log.close();
  return log.installation;
}

/** Copies, and returns the target afterwards. */
async function writtenOf(from: RawLog, to: RawTarget): Promise<RawLog> {
  await copyLog(from, to);
  return to.written();
}

/** A target that fails after a number of pages, like a killed process. */
function failingAfter(target: RawTarget, pages: number): RawTarget {
  let left = pages;
  return {
    ...target,
    async add(events) {
      left -= 1;
      if (left < 0) {
        await target.add(events.slice(0, Math.floor(events.length / 2)));
        throw new Error('killed');
      }
      await target.add(events);
    },
  };
}

/** A source with small pages, so that a copy may be interrupted at many places. */
function inSmallPages(log: RawLog, rows: number): RawLog {
  return {
    ...log,
    async *pages() {
      for await (const page of log.pages())
        for (let at = 0; at < page.length; at += rows) yield page.slice(at, at + rows);
    },
  };
}

describe.each(servers)('on the %s', (_, start) => {
  let server: Awaited<ReturnType<typeof start>>;
  let prefix: string;
  beforeEach(async () => {
    server = await start();
    prefix = newPrefix();
  });
  afterEach(() => server.stop());

  test.each([1, 2, 3])('a file copied to a cluster and back is byte-identical (history %d)', async (seed) => {
    await storeOfHistories(source, seed, 240);
    const bodies = await bodiesIn(rawFile(source));
    const all = { before: 0, added: bodies.length };
    expect(await copied(rawFile(source), await rawCluster(server.url, prefix))).toEqual(all);
    expect(await bodiesIn(rawCluster(server.url, prefix))).toEqual(bodies);
    const back = folder.file('back.db');
    expect(await copied(await rawCluster(server.url, prefix), rawTargetFile(back))).toEqual(all);
    expect(await bodiesIn(rawFile(back))).toEqual(bodies);
    expect(await installationIn(rawFile(back))).toBe(uuidOf(`installation ${seed}`));
    const found = await verifySqliteFile(back, clusterPorts);
    expect([found.problems, found.head]).toEqual([[], bodies.length]);
  });

  test('a service reads from the cluster what the file held', async () => {
    await storeOfHistories(source, 4, 120);
    await copied(rawFile(source), await rawCluster(server.url, prefix));
    const file = openSqliteStore(source, storePorts());
    const cluster = openCluster(server.url, prefix);
    const said = async (store: typeof file | typeof cluster) => {
      const events = [];
      for await (const page of store.readAll()) events.push(...page);
      return events.map(({ position, ...event }) => event);
    };
    expect(await said(cluster)).toEqual(await said(file));
    await Promise.all([file.close(), cluster.close()]);
  });

  test('a copy that is killed repeatedly resumes, and adds nothing twice', async () => {
    const dice = diceOf(7);
    await storeOfHistories(source, 5, 240);
    const bodies = await bodiesIn(rawFile(source));
    let added = 0;
    for (let isKilled = true; isKilled; ) {
      const target = failingAfter(await rawCluster(server.url, prefix), dice.int(1, 5));
      await copied(inSmallPages(rawFile(source), dice.int(1, 30)), target).then(
        () => {
          isKilled = false;
        },
        (error: Error) => expect(error.message).toBe('killed'),
      );
      const held = (await bodiesIn(rawCluster(server.url, prefix))).length;
      expect(held).toBeGreaterThan(added);
      added = held;
    }
    expect(await bodiesIn(rawCluster(server.url, prefix))).toEqual(bodies);
  });

  test('a cluster that holds something else is refused, with the first difference', async () => {
    await storeOfHistories(source, 1, 60);
    const other = folder.file('other.db');
    await storeOfHistories(other, 2, 60);
    const [first] = await bodiesIn(rawFile(source));
    const cluster = openCluster(server.url, prefix);
    await cluster.append('project-other', [measured(1, 'other')], 'no-stream');
    await cluster.close();
    await expect(copied(rawFile(source), await rawCluster(server.url, prefix))).rejects.toMatchObject({
      reason: 'store-refused',
      message: expect.stringContaining('the cluster cannot be used: it belongs to installation'),
    });
    expect((await bodiesIn(rawCluster(server.url, prefix))).length).toBe(1);
    const nameless = { ...rawFile(source), installation: undefined };
    const { id, stream } = JSON.parse(String(first));
    await expect(copied(nameless, await rawCluster(server.url, prefix))).rejects.toThrow(
      new RegExp(
        `its position \\d+ \\(project-other revision 0, id ${uuidOf('other')}\\) is not the position 1 \\(${stream} revision 0, id ${id}\\) of ${source}; expected an empty store`,
      ),
    );
    expect((await bodiesIn(rawCluster(server.url, prefix))).length).toBe(1);
  });
});

describe('a file', () => {
  test('is copied to a file, and updated when the source has grown', async () => {
    await storeOfHistories(source, 1, 60);
    const target = folder.file('target.db');
    const before = (await bodiesIn(rawFile(source))).length;
    await copied(rawFile(source), rawTargetFile(target));
    const store = openSqliteStore(source, storePorts({ at: '2030-01-01T00:00:00.000Z' }));
    await store.append('project-late', [measured(1, 'late')], 'no-stream');
    await store.close();
    expect(await copied(rawFile(source), rawTargetFile(target))).toEqual({ before, added: 1 });
    expect(await bodiesIn(rawFile(target))).toEqual(await bodiesIn(rawFile(source)));
    expect(await copied(rawFile(source), rawTargetFile(target))).toEqual({ before: before + 1, added: 0 });
  });

  test('has its name only when it is complete, and resumes after an interruption', async () => {
    await storeOfHistories(source, 3, 120);
    const bodies = await bodiesIn(rawFile(source));
    const target = folder.file('target.db');
    await expect(
      copied(inSmallPages(rawFile(source), 10), failingAfter(rawTargetFile(target), 4)),
    ).rejects.toThrow('killed');
    expect([existsSync(target), existsSync(`${target}.part`)]).toEqual([false, true]);
    const { before } = await copied(rawFile(source), rawTargetFile(target));
    expect(before).toBe(45);
    expect(existsSync(`${target}.part`)).toBe(false);
    expect(await bodiesIn(rawFile(target))).toEqual(bodies);
  });

  test('that holds more than the source is refused', async () => {
    await storeOfHistories(source, 1, 60);
    const target = folder.file('target.db');
    await copied(rawFile(source), rawTargetFile(target));
    const held = await bodiesIn(rawFile(source));
    const store = openSqliteStore(target, storePorts({ at: '2030-01-01T00:00:00.000Z' }));
    await store.append('project-late', [measured(1, 'late')], 'no-stream');
    await store.close();
    await expect(copied(rawFile(source), rawTargetFile(target))).rejects.toThrow(
      `its position ${held.length + 1} (project-late revision 0, id ${uuidOf('late')}) comes after all ${held.length} events of ${source}`,
    );
  });

  test('of another installation is refused', async () => {
    await storeOfHistories(source, 1, 12);
    const target = folder.file('target.db');
    await storeOfHistories(target, 2, 12);
    await expect(copied(rawFile(source), rawTargetFile(target))).rejects.toThrow(
      `${target} cannot be used: it belongs to installation ${uuidOf('installation 2')}, and the source to ${uuidOf('installation 1')}; expected an empty store.`,
    );
  });

  test('that a process holds is not copied', async () => {
    await storeOfHistories(source, 1, 12);
    const store = openSqliteStore(source, storePorts());
    expect(() => rawFile(source)).toThrow(`${source} is in use by another Topout process`);
    await store.close();
  });

  const changed = `UPDATE events SET body = CAST(replace(CAST(body AS TEXT), '"by":"', '"by":"x') AS BLOB) WHERE seq = 20`;
  test.each([
    ['an altered body', changed, 'its body does not match its hash'],
    ['a missing event', 'DELETE FROM events WHERE seq = 20', 'position 20 is missing before it'],
    ['a revision that is not its own', 'UPDATE events SET rev = 900 WHERE seq = 20', 'its body says'],
    [
      'an event of another place',
      `UPDATE events SET body = (SELECT body FROM events WHERE seq = 19), leaf = (SELECT leaf FROM events WHERE seq = 19) WHERE seq = 20`,
      'its body says',
    ],
  ])('with %s is named, and nothing after it is copied', async (_, damage, problem) => {
    await storeOfHistories(source, 1, 60);
    const database = new DatabaseSync(source);
    database.exec('DROP TRIGGER events_no_update; DROP TRIGGER events_no_delete');
    database.exec(damage);
    database.close();
    const target = folder.file('target.db');
    await expect(copied(inSmallPages(rawFile(source), 1), rawTargetFile(target))).rejects.toMatchObject({
      reason: 'store-corrupt',
      message: expect.stringMatching(new RegExp(`at ${source}, .*2[01].*: ${problem}`)),
    });
    expect((await bodiesIn(rawFile(`${target}.part`))).length).toBeLessThan(20);
  });
});

describe('a cluster', () => {
  let server: StandIn;
  beforeEach(async () => {
    server = await startStandIn();
  });
  afterEach(() => server.stop());

  const inSource = (name: string) => server.log.records.filter(({ stream }) => stream.startsWith(name));

  test('gets consecutive events of one stream in few appends', async () => {
    const store = openSqliteStore(source, storePorts());
    for (let at = 0; at < 1_200; at += 100)
      await store.append(
        'project-long',
        Array.from({ length: 100 }, (_, index) => measured(at + index, `long ${at + index}`)),
        'any',
      );
    await store.close();
    const target = await rawCluster(server.url, 'long.');
    const before = server.counters.appends;
    await copied(rawFile(source), target);
    // One of them names the installation, and one starts a generation.
    expect(server.counters.appends - before).toBe(2 + 3);
  });

  test('with permanent disconnects gets everything once, in order', async () => {
    await storeOfHistories(source, 6, 240);
    const bodies = await bodiesIn(rawFile(source));
    const cutting = setInterval(() => server.cut(), 60);
    try {
      await copied(inSmallPages(rawFile(source), 7), await rawCluster(server.url, 'cut.'));
    } finally {
      clearInterval(cutting);
    }
    expect(await bodiesIn(rawCluster(server.url, 'cut.'))).toEqual(bodies);
    expect(inSource('cut.').length).toBe(bodies.length + 2);
  });

  test('that is away for a while is waited for', async () => {
    await storeOfHistories(source, 6, 60);
    const target = await rawCluster(server.url, 'gone.');
    const slow: RawTarget = {
      ...target,
      async add(events) {
        await server.kill();
        setTimeout(() => void server.start(), 300);
        await target.add(events);
      },
    };
    await copied(inSmallPages(rawFile(source), 25), slow);
    expect(await bodiesIn(rawCluster(server.url, 'gone.'))).toEqual(await bodiesIn(rawFile(source)));
  });

  test('with another writer meanwhile is refused', async () => {
    await storeOfHistories(source, 6, 60);
    const target = await rawCluster(server.url, 'both.');
    const [first] = await bodiesIn(rawFile(source));
    const other = openCluster(server.url, 'both.');
    await other.append(JSON.parse(String(first)).stream, [measured(1, 'other')], 'any');
    await other.close();
    await expect(copied({ ...rawFile(source), installation: undefined }, target)).rejects.toThrow(
      'another process has written revision 0 of',
    );
  });

  test('that keeps growing is copied up to its end at the start, and the growth is reported', async () => {
    await storeOfHistories(source, 6, 60);
    await copied(rawFile(source), await rawCluster(server.url, 'grows.'));
    const from = await rawCluster(server.url, 'grows.');
    expect(await from.hasGrown()).toBe(false);
    const other = openCluster(server.url, 'grows.');
    await other.append('project-late', [measured(1, 'late')], 'no-stream');
    await other.close();
    expect(await from.hasGrown()).toBe(true);
    expect(await bodiesOf(from)).toEqual(await bodiesIn(rawFile(source)));
    await from.close();
  });

  test('with a changed or missing event cannot be a source', async () => {
    await storeOfHistories(source, 6, 60);
    await copied(rawFile(source), await rawCluster(server.url, 'cut.'));
    const record = inSource('cut.project-east')[1];
    if (!record) throw new Error('there is no second event');
    const { data } = record;
    record.data = Buffer.from(String(data).replace('{', '{"a":1,'));
    const target = folder.file('target.db');
    await expect(copied(await rawCluster(server.url, 'cut.'), rawTargetFile(target))).rejects.toThrow(
      /The store is damaged at the cluster, position \d+ \(project-east revision 2, id .*\): its body names another event before it/,
    );
    record.data = data;
    server.log.records.splice(server.log.records.indexOf(record), 1);
    await expect(copied(await rawCluster(server.url, 'cut.'), rawTargetFile(target))).rejects.toThrow(
      'it follows revision 0 of its stream',
    );
  });

  test('with a deleted stream cannot be a source once nothing is left of it, nor a target', async () => {
    await storeOfHistories(source, 6, 60);
    await copied(rawFile(source), await rawCluster(server.url, 'lost.'));
    const id = uuidOf('settings');
    const settings = { id, type: '$metadata', json: true, metadata: Buffer.from('') };
    const data = Buffer.from(`{"$tb":${erasedText}}`);
    server.log.append('$$lost.governance', 'any', [{ ...settings, data }]);
    const target = folder.file('target.db');
    await copied(await rawCluster(server.url, 'lost.'), rawTargetFile(target));
    expect(await bodiesIn(rawFile(target))).toEqual(await bodiesIn(rawFile(source)));
    await expect(bodiesIn(writtenOf(rawFile(source), await rawCluster(server.url, 'lost.')))).rejects.toThrow(
      'the cluster cannot be used: governance: it was deleted on the cluster',
    );
    for (const record of inSource('lost.governance'))
      server.log.records.splice(server.log.records.indexOf(record), 1);
    await expect(bodiesIn(rawCluster(server.url, 'lost.'))).rejects.toThrow(
      'the cluster, governance: nothing is left of it, for it was deleted on the cluster',
    );
  });

  test('that is unreachable is given up after a while, with a message', async () => {
    const { url } = server;
    await server.stop();
    await expect(rawCluster(url, 'away.')).rejects.toMatchObject({
      reason: 'store-unavailable',
      message: expect.stringMatching(/^The store is not available \(the cluster: /),
    });
  });
});

test('two different stores are compared up to the first difference', async () => {
  await storeOfHistories(source, 1, 12);
  const other = folder.file('other.db');
  await copied(rawFile(source), rawTargetFile(other));
  const store = openSqliteStore(other, storePorts({ at: '2030-01-01T00:00:00.000Z' }));
  await store.append('project-late', [measured(1, 'late')], 'no-stream');
  await store.close();
  const [a, b] = [rawFile(source), rawFile(other)];
  expect(await firstDifference(a, a)).toBeUndefined();
  expect(await firstDifference(a, b)).toMatch(
    /^.*other\.db has position \d+ \(project-late revision 0, id .*\), which .*source\.db has not$/,
  );
  await Promise.all([a.close(), b.close()]);
});
