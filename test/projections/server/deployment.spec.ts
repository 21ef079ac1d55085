import { beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type Compared, ServerProjections } from '../../../src/maintenance/server-projections.js';
import type { ServerScript } from '../../../src/maintenance/server-scripts.js';
import { randomHistory } from '../../support/histories.js';
import { asHeld, builtScripts, misfolding } from '../../support/server-events.js';
import { ServerInMemory } from '../../support/server-in-memory.js';

const prefix = 'topout.';
const histories = [1, 2, 3].map((seed) => randomHistory(seed, { entries: 30 }));
let scripts: ServerScript[];
let server: ServerInMemory;

const second = '-20180710010203';
const deployment = (of: readonly ServerScript[] = scripts) =>
  new ServerProjections(server, prefix, of, 0, () => '2018-07-10T01:02:03.004Z');

async function comparedBy(projections: ServerProjections): Promise<Compared[]> {
  const compared: Compared[] = [];
  for await (const one of projections.diff()) compared.push(one);
  return compared;
}

beforeAll(() => {
  scripts = builtScripts(prefix);
});
beforeEach(() => {
  server = new ServerInMemory();
  for (const { events } of histories) server.events.push(...events.map((event) => asHeld(event, prefix)));
});

describe('a push', () => {
  test('deploys every projection once, and the same build again changes nothing', async () => {
    const names = scripts.map(({ name }) => name + second);
    const created = await deployment().push();
    expect(created).toEqual(
      names.map((name) => ({ name, outcome: 'created', isCaughtUp: true, removed: [] })),
    );
    server.log.length = 0;
    const again = await deployment().push();
    expect(again.map(({ outcome }) => outcome)).toEqual(['unchanged', 'unchanged', 'unchanged']);
    expect(server.log).toEqual([]);
  });

  test('restarts stopped projections', async () => {
    await deployment().push();
    const [first] = scripts as [ServerScript];
    server.stopped.add(first.name + second);
    expect((await deployment().push())[0]).toEqual({
      name: first.name + second,
      outcome: 'restarted',
      isCaughtUp: true,
      removed: [],
    });
  });

  test('restarts a projection that a pause of the server stopped, three times at most', async () => {
    await deployment().push();
    server.log.length = 0;
    const pause = 'Projection script took too long to execute';
    const name = `${scripts[0]?.name}${second}`;
    server.stopped.add(name);
    const listed = server.list.bind(server);
    server.list = async () => {
      const found = await listed();
      server.faults.push(pause, pause);
      return found;
    };
    expect((await deployment().push())[0]).toMatchObject({ outcome: 'restarted', isCaughtUp: true });
    expect(server.log).toEqual([`enable ${name}`, `enable ${name}`, `enable ${name}`]);
    server.list = async () => {
      const found = await listed();
      server.faults.push(...Array(5).fill(pause));
      return found;
    };
    server.log.length = 0;
    expect((await deployment().push())[0]).toMatchObject({ outcome: 'unchanged', isCaughtUp: false });
    expect(server.log).toEqual([`enable ${name}`, `enable ${name}`, `enable ${name}`]);
  });

  test('removes an older build only after the new one has caught up', async () => {
    await server.create('topout.project-state@00000000-20180101000000', 'old');
    await server.create('topout.project-state@note', 'of somebody else');
    const name = (await deployment().push())[0]?.name;
    expect(server.log.indexOf('remove topout.project-state@00000000-20180101000000')).toBeGreaterThan(
      server.log.indexOf(`create ${name}`),
    );
    expect([...server.scripts.keys()].sort()).toEqual(
      [...scripts.map((script) => script.name + second), 'topout.project-state@note'].sort(),
    );
  });

  test('of a script that cannot run deploys nothing', async () => {
    const broken = scripts.map((script, i) => (i === 2 ? { ...script, text: `${script.text}\n)` } : script));
    await expect(deployment(broken).push()).rejects.toThrow('Unexpected token');
    expect(server.log).toEqual([]);
  });
});

describe('the comparison', () => {
  test('finds every project equal that the server folded by the scripts', async () => {
    await deployment().push();
    const compared = await comparedBy(deployment());
    expect(compared).toHaveLength(6);
    expect(new Set(compared.map(({ outcome }) => outcome))).toEqual(new Set(['equal']));
  });

  test('names the project and the member that a script folds differently', async () => {
    const wrong = misfolding(scripts);
    await deployment(wrong).push();
    const compared = await comparedBy(deployment(wrong));
    const unlike = compared.filter(({ outcome }) => outcome === 'differs');
    expect(unlike.length).toBeGreaterThan(0);
    for (const { projection, difference } of unlike) {
      expect(projection).toBe('project-state');
      expect(difference?.path).toMatch(/^state\.[a-z]+\.facts\[\d+\]\.by$/);
      expect(difference?.server).toBe('nobody');
    }
  });

  test('reports a project for which the server is behind, or has nothing', async () => {
    await deployment().push();
    const known = [...server.events];
    const state = server.state.bind(server);
    server.state = async (name, partition) => {
      server.events.length = 10;
      const found = await state(name, partition);
      server.events.splice(0, Infinity, ...known);
      return found;
    };
    const compared = await comparedBy(deployment());
    expect(compared.map(({ project, outcome, revision }) => [project, outcome, revision])).toEqual(
      histories.flatMap(({ project }, i) => {
        const row = [project, 'behind', i === 0 ? 9 : -1];
        return [row, row];
      }),
    );
  });

  test('reports the unreadable event at which a fold stopped', async () => {
    await deployment().push();
    const damaged = server.events[4];
    if (damaged) damaged.eventType = 'OrderPlaced';
    const [first] = await comparedBy(deployment());
    expect(first).toEqual({
      projection: 'project-state',
      project: histories[0]?.project,
      outcome: 'stopped',
      revision: 3,
      why: 'revision 4: this version does not know its type, OrderPlaced',
    });
  });
});

describe('status and removal', () => {
  test('distinguish this build, older ones and missing ones, and remove only these', async () => {
    const [state, figures, life] = scripts as [ServerScript, ServerScript, ServerScript];
    await server.create(state.name + second, state.text);
    await server.create('topout.alert-life@00000000-20180101000000', 'old');
    await server.create('other.project-state@00000000-20180101000000', 'of another installation');
    await server.create('$by_category', 'of the server');
    const found = (await deployment().status()).map(({ name, version }) => [name, version]);
    expect(found).toEqual(
      [
        [state.name + second, 'current'],
        [figures.name, 'missing'],
        [life.name, 'missing'],
        ['topout.alert-life@00000000-20180101000000', 'old'],
      ].sort(),
    );
    expect((await deployment().remove()).sort()).toEqual(
      [state.name + second, 'topout.alert-life@00000000-20180101000000'].sort(),
    );
    expect([...server.scripts.keys()]).toEqual([
      'other.project-state@00000000-20180101000000',
      '$by_category',
    ]);
  });
});
