import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { world } from '../../../src/composition/compose.js';
import { limitsIn } from '../../../src/http/limits/figures.js';
import { Limits } from '../../../src/http/limits/limits.js';
import { ClosedService, installation } from '../access/closed.js';
import { emptyOutbox } from './waiting-outbox.js';

let site: ClosedService;

beforeAll(async () => {
  // Fewer together and more a second than usual, so that it goes over several times and takes seconds.
  const limits = new Limits({
    said: limitsIn('writes=100/50'),
    elapsedMs: () => performance.now(),
    after: world.after,
  });
  site = await ClosedService.start({ limits });
  await site.app.listen(0, '127.0.0.1');
}, 60_000);
afterAll(() => site.close());

test('two hundred entries of a phone that was away for weeks are recorded once each, and it comes when it may', async () => {
  const { key } = await site.person('Lin', ['inspector', installation]);
  const found = await emptyOutbox(await site.app.getUrl(), key, 200);
  expect(found).toMatchObject({ recorded: 200, twice: 0, tooSoon: 0 });
  expect(found.refused).toBeGreaterThan(0);
  expect(found.refused).toBeLessThan(10);
}, 60_000);
