import { expect, test } from '@jest/globals';
import type { FactSaid } from '../../../web/log/facts.js';
import { type Entry, Outbox, type Shelf } from '../../../web/log/outbox.js';
import { sendWaiting } from '../../../web/log/sending.js';

const roof: FactSaid = { type: 'MilestoneReached', item: 'roof', asOf: '2018-07-09' };
const walls: FactSaid = { type: 'MilestoneReached', item: 'walls', asOf: '2018-07-09' };

/** A device whose entries survive as text, as they do in the database of a browser. */
function device(): Shelf {
  const kept = new Map<string, string>();
  return {
    all: async () => [...kept.values()].map((text) => JSON.parse(text) as Entry),
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

/** A service that answers as the script says, then takes everything. */
function service(...script: (Response | 'cut')[]): { send: typeof fetch; asked: Asked[] } {
  const asked: Asked[] = [];
  const send = async (path: unknown, init?: RequestInit) => {
    const headers = new Headers(init?.headers);
    asked.push({
      path: String(path),
      id: headers.get('Idempotency-Key'),
      fact: JSON.parse(String(init?.body)),
      by: headers.get('Topout-By'),
    });
    const next = script.shift() ?? json(201, { position: asked.length, outcome: 'recorded' });
    if (next === 'cut') throw new TypeError('fetch failed');
    return next;
  };
  return { send: send as typeof fetch, asked };
}

function json(status: number, body: unknown, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(body), { status, headers });
}

const dayInFuture = {
  type: '/problems/day-in-future',
  title: 'The day has not begun',
  detail: 'asOf: 2019-01-01; expected a day up to 2018-07-10.',
  errors: [{ member: 'asOf', seen: '2019-01-01', expected: 'a day up to 2018-07-10' }],
};

test('entries go out in the order in which they were made, each under its own id', async () => {
  const outbox = new Outbox(device());
  const first = await outbox.add({ ...about, fact: roof, by: 'li-wei' });
  const second = await outbox.add({ ...about, fact: walls });
  const { send, asked } = service();
  expect(await sendWaiting(outbox, send)).toEqual({ is: 'done' });
  expect(asked).toEqual([
    { path, id: first.id, fact: roof, by: 'li-wei' },
    { path, id: second.id, fact: walls, by: null },
  ]);
  const states = (await outbox.entries()).map(({ state }) => state);
  expect(states).toEqual([
    { is: 'recorded', position: 1, alreadySaid: false },
    { is: 'recorded', position: 2, alreadySaid: false },
  ]);
});

test('an entry whose answer is lost is sent again under the same id, and those behind it wait', async () => {
  const shelf = device();
  const outbox = new Outbox(shelf);
  const first = await outbox.add({ ...about, fact: roof });
  await outbox.add({ ...about, fact: walls });
  const { send, asked } = service('cut');
  expect(await sendWaiting(outbox, send)).toEqual({ is: 'interrupted', why: 'no-network' });
  expect((await outbox.entries()).map(({ state }) => state.is)).toEqual(['waiting', 'waiting']);
  // The page was closed meanwhile.
  expect(await sendWaiting(new Outbox(shelf), send)).toEqual({ is: 'done' });
  expect(asked.map(({ id }) => id).slice(0, 2)).toEqual([first.id, first.id]);
  expect(asked).toHaveLength(3);
});

test('a refused entry says why and holds up nobody', async () => {
  const outbox = new Outbox(device());
  await outbox.add({ ...about, fact: { ...roof, asOf: '2019-01-01' } });
  await outbox.add({ ...about, fact: walls });
  const { send } = service(json(422, dayInFuture));
  expect(await sendWaiting(outbox, send)).toEqual({ is: 'done' });
  const [refused, recorded] = await outbox.entries();
  expect(refused?.state).toEqual({
    is: 'refused',
    refusal: { problem: 'day-in-future', detail: dayInFuture.detail, errors: dayInFuture.errors },
  });
  expect(recorded?.state.is).toBe('recorded');
});

test('a mended entry is another entry, goes out, and takes the place of the refused one', async () => {
  const outbox = new Outbox(device());
  const wrong = await outbox.add({ ...about, fact: { ...roof, asOf: '2019-01-01' } });
  const { send, asked } = service(json(422, dayInFuture));
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

test.each([401, 403, 408, 429, 500, 503, 507])(
  '%i says nothing about the entry, which waits',
  async (status) => {
    const outbox = new Outbox(device());
    await outbox.add({ ...about, fact: roof });
    const { send } = service(json(status, {}, { 'Retry-After': '7' }));
    expect(await sendWaiting(outbox, send)).toEqual({ is: 'interrupted', why: 'service', retrySeconds: 7 });
    expect((await outbox.entries())[0]?.state).toEqual({ is: 'waiting' });
  },
);

test('what somebody else said already counts as recorded', async () => {
  const outbox = new Outbox(device());
  await outbox.add({ ...about, fact: roof });
  const { send } = service(json(200, { position: 78, outcome: 'already-said' }));
  await sendWaiting(outbox, send);
  expect((await outbox.entries())[0]?.state).toEqual({ is: 'recorded', position: 78, alreadySaid: true });
});

test('of what was recorded the last fifty stay, and nothing that waits leaves', async () => {
  const outbox = new Outbox(device());
  for (let count = 0; count < 60; count += 1) await outbox.add({ ...about, fact: roof });
  const { send } = service();
  await sendWaiting(outbox, send);
  expect(await outbox.entries()).toHaveLength(50);
  const late = await outbox.add({ ...about, fact: walls });
  expect((await outbox.entries()).at(-1)).toEqual(late);
});

test('what was wrong is taken back, alone or for what is right, and after what it takes back', async () => {
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
