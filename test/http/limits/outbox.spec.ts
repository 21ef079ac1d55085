import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { world } from '../../../src/composition/world.js';
import { limitsIn } from '../../../src/http/limits/figures.js';
import { Limits } from '../../../src/http/limits/limits.js';
import { ClosedService, installation } from '../access/closed.js';
import { emptyOutbox } from './waiting-outbox.js';

const clock = { ms: 0 };
let site: ClosedService;

beforeAll(async () => {
  const limits = new Limits({ said: limitsIn(''), elapsedMs: () => clock.ms, after: world.after });
  site = await ClosedService.start({ limits });
  await site.app.listen(0, '127.0.0.1');
}, 60_000);
afterAll(() => site.close());

test('two hundred entries of a phone that was away for weeks are recorded once each, and it comes when it may', async () => {
  const { key } = await site.person('Lin', ['inspector', installation]);
  const found = await emptyOutbox(await site.app.getUrl(), key, 200, clock);
  // A hundred together, and then twenty after each second that it waits.
  expect(found).toEqual({ recorded: 200, twice: 0, tooSoon: 0, refused: 5 });
}, 60_000);
