import { afterEach, describe, expect, test } from '@jest/globals';
import type { StreamLimits } from '../../src/http/alert-stream/alert-stream.js';
import { AlertLog, stallAlert } from '../support/alert-log.js';
import { diceOf } from '../support/dice.js';
import { readStream, type StreamReader } from '../support/stream-reader.js';
import { type FakeService, startFakeService } from './fake-service.js';

const services: FakeService[] = [];
const readers: StreamReader[] = [];

async function start(limits?: Partial<StreamLimits>, log?: AlertLog) {
  const service = await startFakeService(limits, log);
  services.push(service);
  const url = await service.listen();
  const read = async (query = '', headers: Record<string, string> = {}) => {
    const reader = await readStream(`${url}/alerts/stream${query}`, headers);
    readers.push(reader);
    return reader;
  };
  return { ...service, read };
}

afterEach(async () => {
  for (const reader of readers.splice(0)) reader.close();
  await Promise.all(services.splice(0).map((service) => service.close()));
});

const idsOf = ({ events }: StreamReader) => events.map(({ id }) => Number(id));
const upTo = (last: number, first = 1) =>
  Array.from({ length: last - first + 1 }, (_, index) => first + index);
const manyAlerts = (count: number) => Array.from({ length: count }, () => ({}));

/** Long enough that a few hundred fill every buffer on the way to a reader that reads nothing. */
const longReason = { en: 'x'.repeat(30_000), zh: '停工' };

describe('events of a reader', () => {
  test('without a place are those from now on, with position, type and the alert at that time', async () => {
    const { log, read } = await start();
    log.raise();
    const reader = await read('', { 'accept-language': 'zh' });
    const { event } = log.raise({ project: 'tengjun' });
    await reader.arrived(1);
    expect(reader.headers).toMatchObject({
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    });
    expect(reader.blocks[0]).toEqual({ retry: expect.stringMatching(/^\d{4}$/), id: '1' });
    expect(reader.events.map(({ data, ...rest }) => ({ ...rest, data: JSON.parse(data ?? '') }))).toEqual([
      {
        id: '2',
        event: 'AlertRaised',
        data: {
          position: 2,
          recordedAt: '2018-07-10T00:00:00.000Z',
          type: 'AlertRaised',
          event: event.id,
          alert: {
            ...stallAlert,
            project: 'tengjun',
            position: 2,
            of: { district: '港区', sector: 'machinery', name: '华奥二期', names: stallAlert.of.name },
            reason: stallAlert.reason.zh,
            clears: '记录复工',
            deadline: { duty: { role: 'leader', words: '分管领导约谈' }, dueOn: '2018-07-17' },
          },
        },
      },
    ]);
  });

  test('have both languages beside each other when both are requested', async () => {
    const { log, read } = await start();
    const reader = await read('?language=both');
    const { alert } = log.raise();
    await reader.arrived(1);
    expect(JSON.parse(reader.events[0]?.data ?? '').alert).toEqual(alert);
  });

  test('are filtered as requested', async () => {
    const { log, read } = await start();
    const filters = {
      '?project=tengjun': [2],
      '?atLeast=red': [1, 4],
      '?rule=unreported': [3],
      '?status=cleared': [4],
      [`?district=${encodeURIComponent('新区')}`]: [3],
      '?sector=roads': [2],
      '?atLeast=yellow&status=open': [1, 2],
      '': [1, 2, 3, 4],
    };
    const live = await Promise.all(Object.keys(filters).map((query) => read(query)));
    log.raiseAll([
      {},
      { project: 'tengjun', severity: 'yellow', of: { ...stallAlert.of, sector: { en: 'roads' } } },
      { rule: 'unreported', severity: 'blue', of: { ...stallAlert.of, district: { zh: '新区' } } },
      { status: 'cleared', clears: null },
    ]);
    const late = await Promise.all(
      Object.keys(filters).map((query) => read(`${query}${query === '' ? '?' : '&'}after=0`)),
    );
    for (const told of [live, late]) {
      await Promise.all(
        told.map((reader, index) => reader.arrived(Object.values(filters)[index]?.length ?? 0)),
      );
      expect(told.map(idsOf)).toEqual(Object.values(filters));
    }
  });

  test('are serialized once, however many readers there are', async () => {
    const { log, read } = await start();
    const told = await Promise.all(upTo(20).map(() => read('?language=both')));
    let written = 0;
    const evidence = Object.assign(['019a4c1e-0000-7000-8000-000000000001'], {
      toJSON() {
        written += 1;
        return [];
      },
    });
    log.raise({ evidence });
    await Promise.all(told.map((reader) => reader.arrived(1)));
    expect({ told: told.map(idsOf), written }).toEqual({ told: told.map(() => [1]), written: 1 });
  });
});

describe('reconnecting', () => {
  test('with the id of the last event delivers the missed events, then new ones', async () => {
    const { log, read } = await start();
    log.raiseAll(manyAlerts(130));
    const reader = await read('', { 'last-event-id': '30' });
    log.raise();
    await reader.arrived(101);
    log.raise();
    await reader.arrived(102);
    expect(idsOf(reader)).toEqual(upTo(132, 31));
  });

  test('the id of the last event takes precedence over the place in the URL', async () => {
    const { log, read } = await start();
    log.raiseAll(manyAlerts(5));
    const [first, again] = [await read('?after=1'), await read('?after=1', { 'last-event-id': '4' })];
    await Promise.all([first.arrived(4), again.arrived(1)]);
    expect([idsOf(first), idsOf(again)]).toEqual([upTo(5, 2), [5]]);
  });

  test('after a disconnect before the first event misses nothing', async () => {
    const { log, read } = await start();
    log.raise();
    const first = await read();
    await new Promise((resolve) => setImmediate(resolve));
    const place = first.lastId() ?? '';
    first.close();
    log.raise();
    const again = await read('', { 'last-event-id': place });
    await again.arrived(1);
    expect(idsOf(again)).toEqual([2]);
  });

  test('anywhere and any number of times, also after a restart of the service, delivers everything once', async () => {
    const dice = diceOf(20180710);
    const log = new AlertLog();
    const told: number[] = [];
    let service = await start({}, log);
    let place = '0';
    for (let round = 0; round < 60; round++) {
      const reader = await service.read('', { 'last-event-id': place });
      const wanted = dice.int(0, 3);
      for (let count = dice.int(0, 4); count > 0; count--) {
        if (dice.chance(50)) log.raiseAll(manyAlerts(dice.int(1, 30)));
        else log.raise();
        if (dice.chance(30)) log.pass();
      }
      const missing = log.items.length - told.length;
      await reader.arrived(Math.min(wanted, missing));
      if (dice.chance(20)) {
        await service.close();
        service = await start({}, log);
      }
      reader.close();
      told.push(...idsOf(reader));
      place = String(reader.events.at(-1)?.id ?? place);
    }
    const last = await service.read('', { 'last-event-id': place });
    await last.arrived(log.items.length - told.length);
    expect([...told, ...idsOf(last)]).toEqual(log.items.map(({ event }) => event.position));
  });

  test('of many readers to the same place queries the views once', async () => {
    const log = new AlertLog();
    log.raiseAll(manyAlerts(100));
    const { read } = await start({}, log);
    const told = await Promise.all(upTo(30).map(() => read('', { 'last-event-id': '40' })));
    await Promise.all(told.map((reader) => reader.arrived(60)));
    expect({ told: told.map(idsOf), asked: log.asked }).toEqual({
      told: told.map(() => upTo(100, 41)),
      asked: 1,
    });
  });

  test('after a longer time than is cached in memory still delivers everything', async () => {
    const log = new AlertLog();
    log.raiseAll(manyAlerts(3_000));
    const { read } = await start({}, log);
    const reader = await read('', { 'last-event-id': '10' });
    await reader.arrived(1_000);
    log.raise();
    await reader.arrived(2_991);
    expect(idsOf(reader)).toEqual(upTo(3_001, 11));
  });

  test.each(['a1b2', '-1', '7', '99999999999999999999'])(
    'at a place of another store gets a reset, never silence: %s',
    async (place) => {
      const { log, read } = await start();
      log.raiseAll(manyAlerts(3));
      const reader = await read('', { 'last-event-id': place });
      log.raise();
      await reader.arrived(2);
      expect(
        reader.events.map(({ id, event, data }) => [id, event, JSON.parse(data ?? '').position]),
      ).toEqual([
        ['3', 'reset', 3],
        ['4', 'AlertRaised', 4],
      ]);
    },
  );
});

describe('long-lived streams', () => {
  test("a quiet stream has a heartbeat every 15 s with the reader's position", async () => {
    const { log, timers, read } = await start();
    const reader = await read('?project=tengjun');
    log.raise();
    await new Promise((resolve) => setImmediate(resolve));
    timers.ring(15_000);
    timers.ring(15_000);
    log.raise({ project: 'tengjun' });
    await reader.arrived(1);
    expect(reader.blocks.slice(1, 3)).toEqual([
      { comment: 'nothing new', id: '1' },
      { comment: 'nothing new', id: '1' },
    ]);
  });

  test('a reader that reads nothing is closed once more than 64 KiB wait for it, and nobody else notices', async () => {
    const { log, read } = await start();
    const [slow, ...others] = await Promise.all(upTo(3).map(() => read()));
    slow?.pause();
    let raised = 0;
    for (; raised < 250; raised++) {
      log.raise({ reason: longReason });
      await Promise.all(others.map((reader) => reader.arrived(raised + 1)));
    }
    slow?.resume();
    await slow?.ended;
    expect(others.map(idsOf)).toEqual(others.map(() => upTo(250)));
    const before = slow?.events.length ?? 0;
    expect(before).toBeLessThan(250);
    const again = await read('', { 'last-event-id': slow?.lastId() ?? '' });
    await again.arrived(250 - before);
    expect([...idsOf(slow as StreamReader), ...idsOf(again)]).toEqual(upTo(250));
  });

  test('a fast reader is not closed for getting many events together', async () => {
    const { log, read } = await start();
    const reader = await read();
    log.raiseAll(Array.from({ length: 200 }, () => ({ reason: longReason })));
    await reader.arrived(200);
    expect(idsOf(reader)).toEqual(upTo(200));
  });

  test('a reader that takes no missed events is closed at the second heartbeat', async () => {
    const log = new AlertLog();
    log.raiseAll(Array.from({ length: 400 }, () => ({ reason: longReason })));
    const { timers, read } = await start({}, log);
    const slow = await read('?after=0');
    slow.pause();
    // The connection to the reader fills up.
    let asked = -1;
    while (asked !== log.asked) {
      asked = log.asked;
      for (let turn = 0; turn < 50; turn++) await new Promise((resolve) => setImmediate(resolve));
    }
    timers.ring(15_000);
    timers.ring(15_000);
    slow.resume();
    await slow.ended;
    expect(slow.events.length).toBeLessThan(400);
  });

  test('a stream ends after its maximum lifetime with a reconnection time', async () => {
    const { timers, read } = await start({ lifeBeats: 3 });
    const reader = await read();
    for (const _ of upTo(3)) timers.ring(15_000);
    await reader.ended;
    expect(reader.blocks.at(-1)).toEqual({ retry: expect.stringMatching(/^\d{4}$/) });
  });

  test('more streams than allowed are refused with a retry time', async () => {
    const { read } = await start({ readers: 2 });
    const [first] = [await read(), await read()];
    const refused = await read();
    await refused.ended;
    expect([
      refused.status,
      refused.headers['retry-after'],
      JSON.parse(refused.blocks[0]?.data ?? '').type,
    ]).toEqual([503, '5', '/problems/stream-unavailable']);
    first?.close();
    await first?.ended;
    let next = await read();
    while (next.status === 503) next = await read();
    expect(next.status).toBe(200);
  });

  test('a stopping service releases every reader immediately with a reconnection time', async () => {
    const { read, close, timers } = await start();
    const all = await Promise.all(upTo(3).map(() => read()));
    await close();
    await Promise.all(all.map(({ ended }) => ended));
    const goodbyes = all.map(({ blocks }) => blocks.at(-1));
    expect(goodbyes).toEqual(all.map(() => ({ retry: expect.stringMatching(/^\d{4}$/) })));
    timers.ring(1_000);
    expect(timers.count).toBe(0);
  });

  test('an unknown parameter is refused before anything is opened', async () => {
    const { read } = await start();
    const answers = await Promise.all(
      ['?atleast=red', '?after=now', '?language=fr'].map((query) => read(query)),
    );
    await Promise.all(answers.map(({ ended }) => ended));
    expect(answers.map(({ status, blocks }) => [status, JSON.parse(blocks[0]?.data ?? '').type])).toEqual([
      [400, '/problems/member-unknown'],
      [400, '/problems/moment-invalid'],
      [400, '/problems/kind-unknown'],
    ]);
  });
});
