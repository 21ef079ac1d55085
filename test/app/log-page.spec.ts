import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { Command } from '../../domain/project/commands.js';
import { Execute } from '../../src/app/commands/execute.js';
import { pageOfLog } from '../../src/app/queries/log-page.js';
import { Views } from '../../src/app/views/views.js';
import { openViews } from '../../src/composition/view-list.js';
import { world } from '../../src/composition/world.js';
import { openSqliteStore, type SqliteStore } from '../../src/event-store/sqlite/sqlite.js';
import { storePorts, temporaryFolder } from '../support/event-store-ports.js';
import { today } from '../support/given.js';
import { adopt, asked, huaao, measure, register, tengjun } from './facts.js';

const clock = { at: '2018-07-01T08:00:00.000Z' };
let folder: ReturnType<typeof temporaryFolder>;
let store: SqliteStore;
let views: Views;
let execute: Execute;

beforeEach(async () => {
  folder = temporaryFolder();
  store = openSqliteStore(':memory:', storePorts(clock));
  views = await openViews({ store, world, storeName: 'district', path: folder.file('views.db') });
  execute = new Execute(store, world, () => today);
});
afterEach(async () => {
  await views.close();
  await store.close();
  folder.remove();
});

async function say(command: Command, project = huaao): Promise<number> {
  const { position } = await execute.run(project, command, asked());
  await views.waitFor(position);
  return position;
}

test('page by page has every entry of every project once, in log order', async () => {
  await say(register());
  await say(register(), tengjun);
  await say(adopt('roof'));
  const last = await say(measure('roof', 40));
  const seen = [];
  for (let after = 0; after < last; ) {
    const page = await pageOfLog(views, { after, limit: 3, waits: false });
    expect(page.head).toBe(last);
    seen.push(...page.items.map(({ project, type }) => `${project} ${type}`));
    after = page.upTo;
  }
  expect(seen).toEqual([
    `${huaao} ProjectRegistered`,
    `${tengjun} ProjectRegistered`,
    `${huaao} PlanAdopted`,
    `${huaao} ProgressMeasured`,
  ]);
});

test('a reader at the end is answered as soon as there is an entry', async () => {
  const end = await say(register());
  const waiting = pageOfLog(views, { after: end, limit: 10, waits: true });
  await say(adopt('roof'));
  expect((await waiting).items.map(({ type }) => type)).toEqual(['PlanAdopted']);
});

test('a reader that waits without a new entry gets nothing, up to the end', async () => {
  const end = await say(register());
  expect(await pageOfLog(views, { after: end, limit: 10, waits: true })).toEqual({
    upTo: end,
    head: end,
    items: [],
    rules: [],
    lexicons: [],
  });
});

test('a position of another log is detected by a lower head', async () => {
  const end = await say(register());
  const page = await pageOfLog(views, { after: end + 5, limit: 10, waits: true });
  expect(page).toEqual({ upTo: end, head: end, items: [], rules: [], lexicons: [] });
});
