import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { addDays } from '../../domain/values/days/calendar.js';
import { ClientLeft } from '../../src/app/turns.js';
import { districtLines } from '../examples/district.js';
import { type Service, startService } from './service.js';

jest.setTimeout(180_000);

const copies = 8;
let service: Service;
let url: string;

beforeAll(async () => {
  service = await startService();
  for (let copy = 0; copy < copies; copy++) {
    const lines = districtLines.map(({ id: _, corrects: __, ...line }) => ({
      ...line,
      project: `${line.project}-${copy}`,
    }));
    await service.sendLines(lines);
  }
  await service.app.listen(0, '127.0.0.1');
  url = await service.app.getUrl();
});
afterAll(() => service.close());

/** The time until an answer was complete, in milliseconds. */
async function answeredAfter(path: string, began: number): Promise<number> {
  const answer = await fetch(`${url}${path}`);
  expect(answer.status).toBe(200);
  await answer.arrayBuffer();
  return performance.now() - began;
}

test('a short answer does not wait for long ones requested before it', async () => {
  // Enough of them that a busy machine does not decide the comparison below.
  const days = Array.from({ length: 40 }, (_, index) => addDays('2018-05-20', index));
  // Each has its connection before: one process connects them one by one.
  await Promise.all([...days, 'short'].map(() => answeredAfter('/health/live', 0)));
  const began = performance.now();
  const long = days.map((day) => answeredAfter(`/projects?limit=500&asOf=${day}`, began));
  const short = await answeredAfter('/health/live', began);
  const all = Math.max(...(await Promise.all(long)));
  expect(short).toBeLessThan(all / 2);
});

test.each(['/projects', '/portfolio', '/projects/huaao-2-0/journal', '/projects/huaao-2-0/series'])(
  'a long answer ends when its client has left: %s',
  async (path) => {
    const { topout } = service.composed;
    const heard = Promise.withResolvers<boolean>();
    const begun = Promise.withResolvers<void>();
    const name = (path.split('/').at(-1) ?? '') as 'projects' | 'portfolio' | 'journal' | 'series';
    const at = { projects: 0, portfolio: 0, journal: 1, series: 1 }[name];
    const spy = jest.spyOn(topout, name).mockImplementation((async (...asked: unknown[]) => {
      const { leaving } = asked[at] as { leaving?: AbortSignal };
      begun.resolve();
      await new Promise((resolve) => leaving?.addEventListener('abort', resolve));
      heard.resolve(true);
      throw new ClientLeft();
    }) as never);
    const client = new AbortController();
    const asking = fetch(`${url}${path}`, { signal: client.signal }).catch(() => undefined);
    await begun.promise;
    client.abort();
    expect(await heard.promise).toBe(true);
    await asking;
    spy.mockRestore();
  },
);
