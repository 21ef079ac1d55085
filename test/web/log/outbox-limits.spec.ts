import { expect, test } from '@jest/globals';
import type { Entry, Kept } from '../../../web/log/outbox/entry.js';
import { nextOrder, Outbox, type Shelf } from '../../../web/log/outbox/outbox.js';
import { sendWaiting } from '../../../web/log/outbox/sending.js';

function device(): Shelf {
  const kept = new Map<string, Kept>();
  return {
    all: async () => [...kept.values()],
    append: async (made) => {
      const entry: Entry = { ...made, order: nextOrder([...kept.values()]) };
      kept.set(entry.id, entry);
      return entry;
    },
    put: async (entry) => void kept.set(entry.id, entry),
    remove: async (id) => void kept.delete(id),
  };
}

/** A service that takes a number of entries, asks to wait, and goes on once that time has passed. */
function limited(together: number, answer: () => Response) {
  const seen = { requests: 0, recorded: [] as string[], waits: 0 };
  let left = together;
  const send = async (path: unknown, init?: RequestInit) => {
    seen.requests += 1;
    if (init?.method !== 'POST') throw new Error(`${path} was asked for without need.`);
    if (left === 0) {
      left = together;
      seen.waits += 1;
      return answer();
    }
    left -= 1;
    seen.recorded.push(String(new Headers(init.headers).get('idempotency-key')));
    const body = JSON.stringify({ position: seen.recorded.length, outcome: 'recorded' });
    return new Response(body, { status: 201, headers: { 'content-type': 'application/json' } });
  };
  return { seen, send: send as typeof fetch };
}

const problem = (status: number, type: string) => () =>
  new Response(JSON.stringify({ type: `/problems/${type}`, title: '', detail: '' }), {
    status,
    headers: { 'content-type': 'application/problem+json', 'retry-after': '3' },
  });

test.each([
  [429, 'rate-limited'],
  [503, 'service-ending'],
])(
  'two hundred entries that waited for weeks are recorded once each, in order, by a service that answers %s',
  async (status, type) => {
    const outbox = new Outbox(device());
    const ids = [];
    for (let number = 0; number < 200; number += 1) {
      const fact = { type: 'MilestoneReached' as const, item: `part-${number}`, asOf: '2018-07-09' };
      ids.push((await outbox.add({ project: 'hall', projectName: 'Hall', about: 'Part', fact })).id);
    }
    const { seen, send } = limited(60, problem(status, type));
    const waits = [];
    for (;;) {
      const sent = await sendWaiting(outbox, send);
      if (sent.is === 'done') break;
      waits.push([sent.why, sent.retrySeconds]);
    }
    expect(seen.recorded).toEqual(ids);
    expect(waits).toEqual(Array(3).fill(['service', 3]));
    // One request is refused for each wait, and the service is not probed.
    expect(seen.requests).toBe(203);
  },
);
