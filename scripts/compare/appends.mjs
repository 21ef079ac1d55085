// Appends to the store of one build and prints the CPU microseconds an append: `appends.mjs MODULE FILE`.
import { randomUUID } from 'node:crypto';
import { pathToFileURL } from 'node:url';

const [module, path] = process.argv.slice(2);
const { openSqliteStore } = await import(pathToFileURL(module).href);
const count = 20_000;
const streams = 1_000;
const store = openSqliteStore(path, {
  now: () => new Date().toISOString(),
  newId: randomUUID,
  nextTurn: (call) => setImmediate(call),
});

await appendAll(4_000, 'warm');
const before = process.cpuUsage();
await appendAll(count, 'measured');
const { user, system } = process.cpuUsage(before);
await store.close();
console.log((user + system) / count);

async function appendAll(most, name) {
  let next = 0;
  const hand = async () => {
    while (next < most) {
      const number = next;
      next += 1;
      await store.append(`project-${number % streams}`, [measured(number, name)], 'any');
    }
  };
  await Promise.all(Array.from({ length: 64 }, hand));
}

function measured(number, name) {
  return {
    id: randomUUID(),
    by: 'inspector-7',
    type: 'ProgressMeasured',
    data: { item: `${name}-${number % 12}`, measure: { kind: 'percent', basisPoints: number % 10_000 } },
    entry: { asOf: '2018-07-01', precision: 'day', source: { kind: 'inspection' } },
  };
}
