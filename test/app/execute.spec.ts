import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Command } from '../../domain/project/commands.js';
import { streamOf } from '../../domain/project/events.js';
import { CommandRejected } from '../../domain/values/rejections.js';
import { Execute } from '../../src/app/commands/execute.js';
import type { WriteRequest } from '../../src/app/queries/asked.js';
import type { Receipt } from '../../src/app/topout.js';
import { world } from '../../src/composition/world.js';
import { EventIdReused, OutcomeUnknown, StoreFull, StoreUnavailable } from '../../src/event-store/errors.js';
import type { Appended, EventStore } from '../../src/event-store/event-store.js';
import { uuidOf } from '../support/dice.js';
import { eventsOf, openMemoryStore } from '../support/event-store-ports.js';
import { today } from '../support/given.js';
import { adopt, asked, by, describeAs, huaao, measure, reach, register, tengjun, withdraw } from './facts.js';

let store: EventStore;
let execute: Execute;

const writer = (on: EventStore = store) => new Execute(on, world, () => today);
const send = (command: Command, id?: string, request: Partial<WriteRequest> = {}, project = huaao) =>
  execute.run(project, command, { ...asked(id), ...request });
const recorded = async (project = huaao) =>
  (await eventsOf(store.readStream(streamOf(project)))).map(({ type, id }) => [type, id]);
const ids = async () => (await recorded()).map(([, id]) => id);

beforeEach(async () => {
  store = openMemoryStore();
  execute = writer();
  await send(register(), 'registered');
  await send(adopt('hall', 'roof'), 'planned');
});
afterEach(async () => store.close());

/** A minimal report of a stall by an inspector. */
const stall = (data: { cause: 'financing' }): Command => ({
  type: 'StallDeclared',
  data,
  entry: { asOf: '2018-07-01', precision: 'day', source: { kind: 'inspection' } },
});

/** The same store with an append that does something else before or instead. */
function disturbed(append: (call: () => Promise<Appended>, count: number) => Promise<Appended>): EventStore {
  let count = 0;
  return {
    ...store,
    append: (...args) => append(() => store.append(...args), ++count),
  };
}

describe('a command resent under its id', () => {
  const sent: [string, Command][] = [
    ['a registration', register('Tengjun')],
    ['a description', describeAs({ owner: { en: 'Huaao' }, district: { en: 'Suzhou' } })],
    ['a plan', adopt('hall', 'roof', 'fit-out')],
    ['a fact', reach('hall')],
    ['a stall of which the cause alone is said', stall({ cause: 'financing' })],
    ['a withdrawal', withdraw('before')],
    ['a withdrawal with its replacement', withdraw('before', measure('roof', 60))],
  ];
  test.each(sent)('%s gets its first answer, whatever came in between', async (_, command) => {
    const project = command.type === 'RegisterProject' ? tengjun : huaao;
    if (project === huaao) await send(measure('roof', 50), 'before');
    const first = await send(command, 'sent', {}, project);
    await send(
      describeAs({ owner: { en: 'Another' }, district: { en: 'Wuxi' } }, '2018-03-01'),
      'later',
      {},
      project,
    );
    await send(adopt('other'), 'later plan', {}, project);
    await send(measure('hall', 10, '2018-07-05'), 'later fact', {}, project);
    const before = await recorded(project);
    const again = { ...first, outcome: 'replayed' };
    expect(await send(command, 'sent', { expectedRevision: 0 }, project)).toEqual(again);
    execute = writer();
    expect(await send(command, 'sent', {}, project)).toEqual(again);
    expect(await recorded(project)).toEqual(before);
  });

  const others: [string, Command, Command][] = [
    ['another registration', register(), register('Tengjun')],
    ['another description', describeAs({ owner: { en: 'Huaao' } }), describeAs({ owner: { en: 'Tengjun' } })],
    [
      'a description of nothing new',
      describeAs({ owner: { en: 'Huaao' } }),
      describeAs({ name: { en: register.name } }),
    ],
    ['another plan', adopt('hall'), adopt('roof')],
    ['another fact', reach('hall'), reach('roof')],
    ['a fact of another kind', reach('hall'), measure('hall', 100)],
    ['a withdrawal of a later entry', reach('hall'), withdraw('later')],
    ['a withdrawal with a replacement', withdraw('before'), withdraw('before', reach('hall'))],
    ['a withdrawal without its replacement', withdraw('before', reach('hall')), withdraw('before')],
    ['a plan', reach('hall'), adopt('hall', 'roof')],
    ['a registration', reach('hall'), register('Tengjun')],
  ];
  test.each(others)('%s instead of it is refused', async (_, first, second) => {
    await send(measure('roof', 50), 'before');
    const id = first.type === 'RegisterProject' ? 'registered' : 'sent';
    await send(first, id);
    await send(measure('roof', 70, '2018-07-05'), 'later');
    const before = await recorded();
    await expect(send(second, id)).rejects.toThrow(EventIdReused);
    expect(await recorded()).toEqual(before);
  });

  test('with the id of another project is refused, and that project is unaffected', async () => {
    await send(register('Tengjun'), 'tengjun', {}, tengjun);
    await send(reach('hall'), 'sent');
    await expect(send(reach('hall'), 'sent', {}, tengjun)).rejects.toThrow(EventIdReused);
    expect(await send(reach('hall'), 'another', {}, tengjun)).toMatchObject({
      revision: 1,
      outcome: 'recorded',
    });
  });
});

describe('a repeated statement', () => {
  const alreadySaid = (id: string) => ({ id: uuidOf(id), outcome: 'already-said', also: [] });

  test('of a registration, a plan or a fact names the existing entry', async () => {
    await send(reach('hall'), 'hall');
    await send(measure('roof', 50), 'roof');
    expect(await send(register(), 'x')).toMatchObject(alreadySaid('registered'));
    expect(await send(adopt('hall', 'roof'), 'y')).toMatchObject(alreadySaid('planned'));
    expect(await send(reach('hall'), 'z')).toMatchObject(alreadySaid('hall'));
  });

  test('of a stall by its cause only names the existing entry', async () => {
    await send(stall({ cause: 'financing' }), 'stall');
    expect(await send(stall({ cause: 'financing' }), 'z')).toMatchObject(alreadySaid('stall'));
  });

  test('of a withdrawal, also with a replacement, names the withdrawal', async () => {
    await send(reach('hall'), 'hall');
    await send(withdraw('hall', reach('roof')), 'withdrawn');
    await send(measure('hall', 10), 'later');
    expect(await send(withdraw('hall'))).toMatchObject(alreadySaid('withdrawn'));
    expect(await send(withdraw('hall', reach('roof')))).toMatchObject(alreadySaid('withdrawn'));
  });

  test('of a description names the entry that gives the detail on that day, not the last one', async () => {
    await send(describeAs({ owner: { en: 'Huaao' } }, '2018-02-01'), 'owner');
    await send(describeAs({ district: { en: 'Suzhou' } }, '2018-03-01'), 'district');
    await send(describeAs({ owner: { en: 'Tengjun' } }, '2018-06-01'), 'sold');
    expect(await send(describeAs({ owner: { en: 'Huaao' } }, '2018-04-01'))).toMatchObject(
      alreadySaid('owner'),
    );
    expect(await send(describeAs({ name: { en: 'Huaao car, phase II' } }))).toMatchObject(
      alreadySaid('registered'),
    );
  });
});

describe('two writers', () => {
  test('of one project are decided one after the other, and none is lost', async () => {
    const receipts = await Promise.all([10, 20, 30, 30, 40].map((percent) => send(measure('hall', percent))));
    expect(receipts.map(({ revision, outcome }) => [revision, outcome])).toEqual([
      [2, 'recorded'],
      [3, 'recorded'],
      [4, 'recorded'],
      [4, 'already-said'],
      [5, 'recorded'],
    ]);
  });

  test('with the same revision seen: the second gets a conflict', async () => {
    const both = [reach('hall'), reach('roof')].map((fact) => send(fact, undefined, { expectedRevision: 1 }));
    const [first, second] = await Promise.allSettled(both);
    expect(first).toMatchObject({ status: 'fulfilled', value: { revision: 2 } });
    expect(second).toMatchObject({
      reason: { reason: 'revision-stale', details: { currentRevision: 2 } },
    });
  });

  test("in two processes: the slower is decided again, on the faster one's entry", async () => {
    await send(reach('hall'), 'hall');
    const other = writer();
    await other.run(huaao, measure('roof', 50), asked('theirs'));
    expect(await send(measure('roof', 60), 'mine')).toMatchObject({ revision: 4, outcome: 'recorded' });
    expect(await ids()).toEqual(['registered', 'planned', 'hall', 'theirs', 'mine'].map(uuidOf));
  });

  test('with twenty conflicts are recorded, with conflicts for two seconds must send again', async () => {
    const overtakenTimes = (times: number) =>
      writer(
        disturbed(async (append, count) => {
          if (count <= times)
            await store.append(streamOf(huaao), [{ ...reachEvent(count), id: world.newId(), by }], 'any');
          return append();
        }),
      );
    execute = overtakenTimes(20);
    expect(await send(reach('roof'), 'roof')).toMatchObject({ revision: 22, outcome: 'recorded' });
    execute = overtakenTimes(Number.POSITIVE_INFINITY);
    await expect(send(measure('hall', 70), 'hall')).rejects.toMatchObject({ reason: 'write-contended' });
    execute = writer();
    expect(await send(measure('hall', 70), 'hall')).toMatchObject({ outcome: 'recorded' });
  });

  const reachEvent = (count: number) => ({
    type: 'MilestoneReached' as const,
    data: { item: `theirs-${count}` },
    entry: reach('hall').entry,
  });

  test('with the same entry: the slower continues from the recorded entry', async () => {
    await send(reach('hall'), 'hall');
    const other = writer();
    await other.run(huaao, reach('roof'), asked('roof'));
    expect(await send(reach('roof'), 'roof')).toMatchObject({ revision: 3, outcome: 'replayed' });
    expect(await send(reach('roof'), 'again')).toMatchObject({ revision: 3, outcome: 'already-said' });
  });
});

describe('concurrent commands of one project', () => {
  const facts = ['hall', 'roof', 'yard', 'gate'].map((item) => reach(item));
  const sendAll = () => Promise.allSettled(facts.map((fact) => send(fact)));
  const revisions = (settled: PromiseSettledResult<Receipt>[]) =>
    settled.map((one) => (one.status === 'fulfilled' ? one.value.revision : one.reason.reason));

  test('are sent to the store together, and each is answered when it is durable', async () => {
    let underWay = 0;
    let mostUnderWay = 0;
    execute = writer(
      disturbed(async (append) => {
        underWay += 1;
        mostUnderWay = Math.max(mostUnderWay, underWay);
        const appended = await append();
        underWay -= 1;
        return appended;
      }),
    );
    expect(revisions(await sendAll())).toEqual([2, 3, 4, 5]);
    expect(mostUnderWay).toBe(4);
  });

  test('of which the first is not stored: the others are decided again, in order', async () => {
    execute = writer(
      disturbed((append, count) => (count === 1 ? Promise.reject(new StoreFull()) : append())),
    );
    expect(revisions(await sendAll())).toEqual(['store-full', 2, 3, 4]);
    expect(await send(facts[0] as Command)).toMatchObject({ revision: 5, outcome: 'recorded' });
  });

  test('are not refused or treated as repeated because of unstored ones', async () => {
    execute = writer(
      disturbed((append, count) => (count === 1 ? Promise.reject(new StoreFull()) : append())),
    );
    const [first, again, stale] = await Promise.allSettled([
      send(reach('hall'), 'first'),
      send(reach('hall'), 'again'),
      send(reach('roof'), 'roof', { expectedRevision: 2 }),
    ]);
    expect(first).toMatchObject({ reason: { reason: 'store-full' } });
    expect(again).toMatchObject({ value: { revision: 2, outcome: 'recorded' } });
    expect(stale).toMatchObject({ value: { revision: 3, outcome: 'recorded' } });
  });

  test('are refused when too many are in progress, and accepted again later', async () => {
    const many = Array.from({ length: 32_769 }, () => send(reach('hall')));
    await expect(many.at(-1)).rejects.toThrow(StoreUnavailable);
    const outcomes = (await Promise.all(many.slice(0, -1))).map(({ outcome }) => outcome);
    expect(outcomes.filter((outcome) => outcome === 'recorded')).toEqual(['recorded']);
    expect(await send(reach('hall'))).toMatchObject({ outcome: 'already-said' });
  }, 60_000);
});

describe('a failing store', () => {
  test('after an unknown outcome: the next command finds what was stored', async () => {
    execute = writer(
      disturbed(async (append, count) => {
        const { events } = await append();
        if (count === 1) throw new OutcomeUnknown(events.map(({ id }) => id));
        return { events, isReplay: false };
      }),
    );
    await expect(send(reach('hall'), 'hall')).rejects.toThrow(OutcomeUnknown);
    expect(await send(reach('roof'), 'roof')).toMatchObject({ revision: 3, outcome: 'recorded' });
    expect(await send(reach('hall'), 'hall')).toMatchObject({ revision: 2, outcome: 'replayed' });
  });

  test('that refused an entry: it is not recorded, and the retry is', async () => {
    execute = writer(
      disturbed((append, count) => (count === 1 ? Promise.reject(new StoreUnavailable('test')) : append())),
    );
    const [first, second] = await Promise.allSettled([
      send(reach('hall'), 'hall'),
      send(reach('hall'), 'hall'),
    ]);
    expect(first).toMatchObject({ reason: { reason: 'store-unavailable' } });
    expect(second).toMatchObject({ value: { revision: 2, outcome: 'recorded' } });
  });
});

test('a refused command adds nothing, and the next one continues', async () => {
  const impossible: Command = {
    ...measure('hall', 0),
    type: 'ProgressMeasured',
    data: { item: 'hall', measure: { kind: 'storeys', reached: 6, of: 5 } },
  };
  await expect(send(impossible)).rejects.toThrow(CommandRejected);
  await expect(send(reach('hall', '2018-07-11'))).rejects.toThrow(CommandRejected);
  const receipt: Receipt = await send(reach('hall'), 'hall');
  expect(receipt).toMatchObject({ id: uuidOf('hall'), revision: 2 });
});

test('a revision of an unregistered project is not a conflict', async () => {
  const toNobody = send(reach('hall'), 'x', { expectedRevision: 3 }, 'nobody');
  await expect(toNobody).rejects.toMatchObject({ reason: 'project-unknown' });
  const registration = send(register(), 'y', { expectedRevision: 3 }, 'nobody');
  await expect(registration).rejects.toMatchObject({
    reason: 'revision-stale',
    fault: {
      member: 'If-Match',
      seen: '"3"',
      expected: { en: 'none, because nobody has registered the project' },
    },
  });
  expect(await recorded('nobody')).toEqual([]);
});
