import { describe, expect, test } from '@jest/globals';
import type { FactSaid } from '../../../web/forms/said/facts.js';
import type { Entry, Kept } from '../../../web/log/outbox/entry.js';
import { nextOrder, Outbox, type Shelf } from '../../../web/log/outbox/outbox.js';
import { sendWaiting } from '../../../web/log/outbox/sending.js';

const roof: FactSaid = { type: 'MilestoneReached', item: 'roof', asOf: '2018-07-09' };
const walls: FactSaid = { type: 'MilestoneReached', item: 'walls', asOf: '2018-07-09' };

/** A device whose entries survive as text, as in the database of a browser. */
function device(...first: Kept[]): Shelf {
  const kept = new Map(first.map((entry) => [entry.id, JSON.stringify(entry)]));
  const all = () => [...kept.values()].map((text) => JSON.parse(text) as Kept);
  return {
    all: async () => all(),
    append: async (made) => {
      const entry: Entry = { ...made, order: nextOrder(all()) };
      kept.set(entry.id, JSON.stringify(entry));
      return entry;
    },
    put: async (entry) => void kept.set(entry.id, JSON.stringify(entry)),
    remove: async (id) => void kept.delete(id),
  };
}

const path = '/projects/hall-7/entries';
const about = { project: 'hall-7', projectName: 'Hall 7', about: 'Roof' };

interface Asked {
  path: string;
  id: string | null;
  fact: unknown;
  by: string | null;
}

type Answer = Response | 'cut';

/** A service that answers entries by a script, then accepts everything; a probe finds it, or what answers in its place. */
function service(...script: Answer[]): {
  send: typeof fetch;
  asked: Asked[];
  way: { is: 'open' | (() => Answer) };
} {
  const asked: Asked[] = [];
  const way: { is: 'open' | (() => Answer) } = { is: 'open' };
  const send = async (path: unknown, init?: RequestInit) => {
    if (init?.method !== 'POST') return given(way.is === 'open' ? json(200, { items: [] }) : way.is());
    const headers = new Headers(init.headers);
    asked.push({
      path: String(path),
      id: headers.get('Idempotency-Key'),
      fact: JSON.parse(String(init.body)),
      by: headers.get('Topout-By'),
    });
    return given(script.shift() ?? json(201, { position: asked.length, outcome: 'recorded' }));
  };
  return { send: send as typeof fetch, asked, way };
}

function given(answer: Answer): Response {
  if (answer === 'cut') throw new TypeError('fetch failed');
  return answer;
}

function json(status: number, body: unknown, headers: Record<string, string> = {}): Response {
  return answerOf(status, 'application/json', JSON.stringify(body), headers);
}

function problem(status: number, body: unknown, headers: Record<string, string> = {}): Response {
  return answerOf(status, 'application/problem+json', JSON.stringify(body), headers);
}

/** The page of something in front of the service. */
function page(status: number, title: string): Response {
  return answerOf(
    status,
    'text/html; charset=utf-8',
    `<html><title>${title}</title><p>Powered by X</p></html>`,
  );
}

function answerOf(
  status: number,
  type: string,
  body: string,
  headers: Record<string, string> = {},
): Response {
  return new Response(body, { status, headers: { 'content-type': type, ...headers } });
}

/** What a browser returns for a redirect that is not followed. */
function redirect(): Response {
  return Object.defineProperty(Response.error(), 'type', { value: 'opaqueredirect' });
}

const gatewaySaid = (status: number, name: string, detail = '') => ({
  is: 'refused',
  refusal: { by: 'gateway', status, problem: name, detail, errors: [] },
});
const states = async (outbox: Outbox) => (await outbox.entries()).map(({ state }) => state.is);

const dayInFuture = {
  type: '/problems/day-in-future',
  title: 'The day has not begun',
  detail: 'asOf: 2019-01-01; expected a day up to 2018-07-10.',
  errors: [{ member: 'asOf', seen: '2019-01-01', expected: 'a day up to 2018-07-10' }],
};

test('entries are sent in the order of creation, each under its own id', async () => {
  const outbox = new Outbox(device());
  const first = await outbox.add({ ...about, fact: roof, by: 'li-wei' });
  const second = await outbox.add({ ...about, fact: walls });
  const { send, asked } = service();
  expect(await sendWaiting(outbox, send)).toEqual({ is: 'done' });
  expect(asked).toEqual([
    { path, id: first.id, fact: roof, by: 'li-wei' },
    { path, id: second.id, fact: walls, by: null },
  ]);
  const found = (await outbox.entries()).map(({ state }) => state);
  expect(found).toEqual([
    { is: 'recorded', position: 1, alreadySaid: false },
    { is: 'recorded', position: 2, alreadySaid: false },
  ]);
});

test('an entry whose answer is lost is sent again under the same id, and the next ones wait', async () => {
  const shelf = device();
  const outbox = new Outbox(shelf);
  const first = await outbox.add({ ...about, fact: roof });
  await outbox.add({ ...about, fact: walls });
  const { send, asked, way } = service('cut');
  way.is = () => 'cut';
  expect(await sendWaiting(outbox, send)).toEqual({ is: 'interrupted', why: 'no-network' });
  expect(await states(outbox)).toEqual(['waiting', 'waiting']);
  expect(asked).toHaveLength(1);
  // The page was closed meanwhile.
  expect(await sendWaiting(new Outbox(shelf), send)).toEqual({ is: 'done' });
  expect(asked.map(({ id }) => id).slice(0, 2)).toEqual([first.id, first.id]);
  expect(asked).toHaveLength(3);
});

test('a refused entry shows why and blocks nobody', async () => {
  const outbox = new Outbox(device());
  await outbox.add({ ...about, fact: { ...roof, asOf: '2019-01-01' } });
  await outbox.add({ ...about, fact: walls });
  const { send } = service(problem(422, dayInFuture));
  expect(await sendWaiting(outbox, send)).toEqual({ is: 'done' });
  const [refused, recorded] = await outbox.entries();
  expect(refused?.state).toEqual({
    is: 'refused',
    refusal: {
      by: 'service',
      status: 422,
      problem: 'day-in-future',
      title: dayInFuture.title,
      detail: dayInFuture.detail,
      errors: dayInFuture.errors,
    },
  });
  expect(recorded?.state.is).toBe('recorded');
});

test('an edited entry is another entry, is sent, and replaces the refused one', async () => {
  const outbox = new Outbox(device());
  const wrong = await outbox.add({ ...about, fact: { ...roof, asOf: '2019-01-01' } });
  const { send, asked } = service(problem(422, dayInFuture));
  await sendWaiting(outbox, send);
  const [refused] = await outbox.entries();
  if (!refused) throw new Error('The refused entry is gone.');
  const mended = await outbox.mend(refused, roof);
  expect(mended.id).not.toBe(wrong.id);
  expect((await outbox.entries()).map(({ id, state }) => ({ id, is: state.is }))).toEqual([
    { id: mended.id, is: 'waiting' },
  ]);
  await sendWaiting(outbox, send);
  expect(asked.at(-1)).toEqual({ path, id: mended.id, fact: roof, by: null });
});

test.each([429, 503, 507])(
  'a service that answers %i accepts nothing now, and everything waits',
  async (status) => {
    const outbox = new Outbox(device());
    await outbox.add({ ...about, fact: roof });
    const away = { type: '/problems/store-unavailable', title: 'Away', detail: '' };
    const { send } = service(problem(status, away, { 'Retry-After': '7' }));
    expect(await sendWaiting(outbox, send)).toEqual({ is: 'interrupted', why: 'service', retrySeconds: 7 });
    expect((await outbox.entries())[0]?.state).toEqual({ is: 'waiting' });
  },
);

describe('something else answers in place of the service', () => {
  test.each([
    ['403 with a page', page(403, 'Blocked by policy'), gatewaySaid(403, 'refused', 'Blocked by policy')],
    [
      '413 with a page',
      page(413, 'Request Entity Too Large'),
      gatewaySaid(413, 'too-large', 'Request Entity Too Large'),
    ],
    [
      '404 in plain words',
      answerOf(404, 'text/plain', 'no such host'),
      gatewaySaid(404, 'refused', 'no such host'),
    ],
    ['a login page with status 200', page(200, 'Sign in'), gatewaySaid(200, 'login', 'Sign in')],
    ['a redirect to a login', redirect(), gatewaySaid(0, 'login')],
    ['JSON of its own with status 200', json(200, { ok: true }), gatewaySaid(200, 'login', '{"ok":true}')],
    ['403 with JSON of its own', json(403, { error: 'no' }), gatewaySaid(403, 'refused', '{"error":"no"}')],
  ])('%s: one entry is set aside with the answer, and the others are sent', async (_, answer, state) => {
    const outbox = new Outbox(device());
    await outbox.add({ ...about, fact: roof });
    await outbox.add({ ...about, fact: walls });
    const { send } = service(answer);
    expect(await sendWaiting(outbox, send)).toEqual({ is: 'done' });
    const [aside, next] = await outbox.entries();
    expect(aside?.state).toEqual(state);
    expect(next?.state.is).toBe('recorded');
  });

  test.each([
    ['a login page', () => page(200, 'Sign in'), 'gateway'],
    ['a redirect to a login', redirect, 'gateway'],
    ['403', () => page(403, 'Sign in'), 'gateway'],
    ['502', () => page(502, 'Bad gateway'), 'service'],
  ])(
    '%s for every request concerns the connection and not an entry: everything waits',
    async (_, answer, why) => {
      const outbox = new Outbox(device());
      await outbox.add({ ...about, fact: roof });
      await outbox.add({ ...about, fact: walls });
      const { send, asked, way } = service(answer());
      way.is = answer;
      expect(await sendWaiting(outbox, send)).toEqual({ is: 'interrupted', why });
      expect(await states(outbox)).toEqual(['waiting', 'waiting']);
      expect(asked).toHaveLength(1);
      way.is = 'open';
      expect(await sendWaiting(outbox, send)).toEqual({ is: 'done' });
    },
  );

  test.each([
    ['500 with a page', () => page(500, 'Oops'), 500, 'failing'],
    ['502 with a page', () => page(502, 'Oops'), 502, 'failing'],
    ['no answer', () => 'cut' as const, 0, 'cut'],
  ])('%s for one entry: it is retried indefinitely, and blocks no other', async (_, answer, status, name) => {
    const outbox = new Outbox(device());
    const first = await outbox.add({ ...about, fact: roof });
    await outbox.add({ ...about, fact: walls });
    const { send, asked } = service(answer(), json(201, { position: 1, outcome: 'recorded' }), answer());
    expect(await sendWaiting(outbox, send)).toEqual({ is: 'interrupted', why: 'single' });
    expect(await states(outbox)).toEqual(['waiting', 'recorded']);
    expect(await sendWaiting(outbox, send)).toEqual({ is: 'interrupted', why: 'single' });
    const [tried] = await outbox.entries();
    expect(tried?.state).toMatchObject({
      is: 'waiting',
      trouble: { attempts: 2, last: { by: 'gateway', status, problem: name } },
    });
    expect(await sendWaiting(outbox, send)).toEqual({ is: 'done' });
    expect(asked.map(({ id }) => id).filter((id) => id === first.id)).toHaveLength(3);
    expect(await states(outbox)).toEqual(['recorded', 'recorded']);
  });

  test('later entries for the same subject and day wait for an entry that is retried', async () => {
    const outbox = new Outbox(device());
    const measured = (percent: number, asOf = '2018-07-09'): FactSaid => ({
      type: 'ProgressMeasured',
      item: 'roof',
      measure: { kind: 'percent', percent },
      asOf,
    });
    await outbox.add({ ...about, fact: measured(30) });
    await outbox.add({ ...about, fact: measured(45) });
    await outbox.add({ ...about, fact: measured(50, '2018-07-10') });
    const { send, asked } = service(page(500, 'Oops'));
    await sendWaiting(outbox, send);
    expect(await states(outbox)).toEqual(['waiting', 'waiting', 'recorded']);
    await sendWaiting(outbox, send);
    expect(asked.slice(-2).map(({ fact }) => fact)).toEqual([measured(30), measured(45)]);
  });

  test('an entry that was set aside is sent again unchanged, under its id', async () => {
    const outbox = new Outbox(device());
    const first = await outbox.add({ ...about, fact: roof });
    const { send, asked } = service(page(403, 'Blocked'));
    await sendWaiting(outbox, send);
    await outbox.sendAgain(await outbox.entries());
    expect(await sendWaiting(outbox, send)).toEqual({ is: 'done' });
    expect(asked.map(({ id }) => id)).toEqual([first.id, first.id]);
    expect(await states(outbox)).toEqual(['recorded']);
  });
});

test('entries are sent in the order of creation, also when the clock is set back between them', async () => {
  const shelf = device();
  // Created while the phone's clock was ahead; then it was corrected and the page reopened.
  const id = 'ffffffff-ffff-7000-8000-000000000001';
  const madeAt = '9999-01-01T00:00:00Z';
  const first = await shelf.append({ ...about, id, madeAt, fact: roof, state: { is: 'waiting' } });
  const outbox = new Outbox(shelf);
  const second = await outbox.add({ ...about, fact: walls });
  expect(second.id < first.id).toBe(true);
  const { send, asked } = service();
  await sendWaiting(outbox, send);
  expect(asked.map(({ id }) => id)).toEqual([first.id, second.id]);
});

test('an edited entry takes the place of the refused one, before later entries', async () => {
  const outbox = new Outbox(device());
  await outbox.add({ ...about, fact: { ...roof, asOf: '2019-01-01' } });
  const { send, asked } = service(problem(422, dayInFuture));
  await sendWaiting(outbox, send);
  const after = await outbox.add({ ...about, fact: walls });
  const [refused] = await outbox.entries();
  const mended = await outbox.mend(refused as Entry, roof);
  await sendWaiting(outbox, send);
  expect(asked.slice(1).map(({ id }) => id)).toEqual([mended.id, after.id]);
});

test('an outbox of the first version is sent before new entries, in its order, and keeps refused ones', async () => {
  const old = (id: string, state: Kept['state']): Kept => ({
    ...about,
    id,
    fact: roof,
    madeAt: '2018-07-01T08:00:00Z',
    state,
  });
  const refusal = { problem: 'day-in-future', detail: dayInFuture.detail, errors: dayInFuture.errors };
  const shelf = device(
    old('0197e7a0-0000-7000-8000-00000000000b', { is: 'waiting' }),
    old('0197e7a0-0000-7000-8000-00000000000a', { is: 'waiting' }),
    old('0197e7a0-0000-7000-8000-00000000000c', { is: 'refused', refusal }),
  );
  const outbox = new Outbox(shelf);
  const late = await outbox.add({ ...about, fact: walls });
  const { send, asked } = service();
  expect(await sendWaiting(outbox, send)).toEqual({ is: 'done' });
  expect(asked.map(({ id }) => id?.slice(-1))).toEqual(['a', 'b', late.id.slice(-1)]);
  const kept = (await outbox.entries()).find(({ state }) => state.is === 'refused');
  expect(kept?.state).toEqual({ is: 'refused', refusal: { by: 'service', status: 422, ...refusal } });
});

test('an entry that somebody else has already reported counts as recorded', async () => {
  const outbox = new Outbox(device());
  await outbox.add({ ...about, fact: roof });
  const { send } = service(json(200, { position: 78, outcome: 'already-said' }));
  await sendWaiting(outbox, send);
  expect((await outbox.entries())[0]?.state).toEqual({ is: 'recorded', position: 78, alreadySaid: true });
});

test('the last fifty recorded entries stay, and no waiting entry is removed', async () => {
  const outbox = new Outbox(device());
  for (let count = 0; count < 60; count += 1) await outbox.add({ ...about, fact: roof });
  const { send } = service();
  await sendWaiting(outbox, send);
  expect(await outbox.entries()).toHaveLength(50);
  const late = await outbox.add({ ...about, fact: walls });
  expect((await outbox.entries()).at(-1)).toEqual(late);
});

test('a wrong entry is withdrawn, with or without a replacement, after the entry it withdraws', async () => {
  const outbox = new Outbox(device());
  const wrong = await outbox.add({ ...about, fact: roof });
  const takesBack = { entry: wrong.id, reason: 'logged by mistake', isReplaced: false };
  await outbox.add({ ...about, fact: roof, takesBack });
  await outbox.add({ ...about, fact: walls, takesBack: { ...takesBack, isReplaced: true } });
  const { send, asked } = service();
  expect(await sendWaiting(outbox, send)).toEqual({ is: 'done' });
  const withdrawal = `/projects/hall-7/entries/${wrong.id}/withdrawal`;
  expect(asked.map(({ path, fact }) => [path, fact])).toEqual([
    [path, roof],
    [withdrawal, { reason: 'logged by mistake' }],
    [withdrawal, { reason: 'logged by mistake', replacement: walls }],
  ]);
  expect(new Set(asked.map(({ id }) => id)).size).toBe(3);
});

test("an entry for a day that has not begun at the project keeps the service's answer", async () => {
  const outbox = new Outbox(device());
  await outbox.add({ ...about, fact: roof });
  const notBegun = { asOf: '2018-07-11', timeZone: 'Asia/Shanghai' };
  const { send } = service(json(201, { position: 79, outcome: 'recorded', notBegun }));
  await sendWaiting(outbox, send);
  expect((await outbox.entries())[0]?.state).toEqual({
    is: 'recorded',
    position: 79,
    alreadySaid: false,
    notBegun: true,
  });
});

test('a held entry is not sent before its time, nor is a later one about the same', async () => {
  let now = Date.parse('2018-07-10T08:00:00Z');
  const outbox = new Outbox(device(), () => new Date(now));
  const held = await outbox.add({ ...about, fact: roof }, { isHeld: true });
  const later = await outbox.add({ ...about, fact: { ...roof, note: 'seen again' } });
  const other = await outbox.add({ ...about, fact: walls });
  const { send, asked } = service();
  const sendNow = () =>
    sendWaiting(
      outbox,
      send,
      {},
      () => true,
      () => now,
    );
  now += 6_000;
  await sendNow();
  expect(asked.map(({ id }) => id)).toEqual([other.id]);
  now += 1_000;
  await sendNow();
  expect(asked.map(({ id }) => id)).toEqual([other.id, held.id, later.id]);
  expect(await states(outbox)).toEqual(['recorded', 'recorded', 'recorded']);
});

test('after the clock of the phone was set back an entry is no longer held', async () => {
  let now = Date.parse('2018-07-10T08:00:00Z');
  const outbox = new Outbox(device(), () => new Date(now));
  await outbox.add({ ...about, fact: roof }, { isHeld: true });
  now -= 86_400_000;
  const { send, asked } = service();
  await sendWaiting(
    outbox,
    send,
    {},
    () => true,
    () => now,
  );
  expect(asked).toHaveLength(1);
});

test('an entry that was never sent is undone without a trace, one that may have arrived is withdrawn', async () => {
  const outbox = new Outbox(device());
  const never = await outbox.add({ ...about, fact: roof });
  await outbox.undo(never, 'by mistake');
  expect(await outbox.entries()).toEqual([]);
  const perhaps = await outbox.add({ ...about, fact: walls });
  const { send, asked, way } = service('cut');
  way.is = () => 'cut';
  await sendWaiting(outbox, send);
  await outbox.undo(perhaps, 'by mistake');
  way.is = 'open';
  await sendWaiting(outbox, send);
  expect(asked.slice(-2)).toEqual([
    { path, id: perhaps.id, fact: walls, by: null },
    {
      path: `${path}/${perhaps.id}/withdrawal`,
      id: expect.any(String),
      fact: { reason: 'by mistake' },
      by: null,
    },
  ]);
});
