import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { world } from '../../../src/composition/world.js';
import { limitsIn } from '../../../src/http/limits/figures.js';
import { Limits } from '../../../src/http/limits/limits.js';
import { ClosedService, installation } from '../access/closed.js';

let site: ClosedService;

beforeAll(async () => {
  const limits = new Limits({ said: limitsIn('streams=3'), elapsedMs: () => 0, after: world.after });
  site = await ClosedService.start({ limits });
  await site.app.listen(0, '127.0.0.1');
}, 60_000);
afterAll(() => site.close());

test('one sign-in has few open streams, others have theirs, and a closed one makes room', async () => {
  const url = `${await site.app.getUrl()}/alerts/stream`;
  const lin = await site.person('Lin', ['subscriber', installation]);
  const ma = await site.person('Ma', ['subscriber', installation]);
  const open = async (key: string) => {
    const left = new AbortController();
    const headers = { authorization: `Bearer ${key}` };
    const answer = await fetch(url, { headers, signal: left.signal });
    return {
      status: answer.status,
      retryAfter: answer.headers.get('retry-after'),
      leave: () => left.abort(),
    };
  };
  const first = await open(lin.key);
  const others = [await open(lin.key), await open(lin.key)];
  const over = await open(lin.key);
  expect([first, ...others, over].map(({ status }) => status)).toEqual([200, 200, 200, 429]);
  expect(over.retryAfter).toBe('30');
  const another = await open(ma.key);
  expect(another.status).toBe(200);
  first.leave();
  let again = await open(lin.key);
  for (let tries = 0; again.status !== 200 && tries < 100; tries += 1) {
    await new Promise<void>((resolve) => setTimeout(resolve, 50));
    again = await open(lin.key);
  }
  expect(again.status).toBe(200);
  for (const { leave } of [...others, another, again]) leave();
}, 60_000);
