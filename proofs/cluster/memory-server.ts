import type { Log, LogRecord } from '../../test/stand-in/log.js';
import { startStandIn } from '../../test/stand-in/stand-in.js';
import { uuidOf } from '../../test/support/dice.js';

// A stand-in in its own process that generates its log on reading: `count` events of one stream, each with a note of
// `noteBytes`. Prints its URL.
const [count = 0, noteBytes = 0] = process.argv.slice(3).map(Number);
const prefix = process.argv[2] ?? '';

const server = await startStandIn();
server.log.append(`${prefix}installation`, 'any', [
  {
    id: uuidOf('installation event'),
    type: 'InstallationNamed',
    json: true,
    data: Buffer.from(JSON.stringify({ installation: uuidOf('installation') })),
    metadata: Buffer.from('{}'),
  },
]);
grow(server.log);
console.log(server.url);
// The parent ends it by closing its input.
process.stdin.resume();
process.stdin.once('end', () => process.exit(0));

/** Appends virtual records to a log, created on access. */
function grow(log: Log): void {
  const { tail } = log;
  const held = [...log.records];
  const lastRevision = log.lastRevision.bind(log);
  const stream = `${prefix}project-long`;
  const size = 1_000;
  const created = Date.now();
  const data = Buffer.from(
    JSON.stringify({
      entryMetadata: {
        asOf: '2018-06-30',
        precision: 'day',
        source: { kind: 'inspection', note: 'x'.repeat(noteBytes) },
      },
      item: 'roof',
    }),
  );
  const metadata = Buffer.from(
    JSON.stringify({ at: '2018-07-10T01:02:03.004Z', by: 'inspector-7', prev: '', schema: 1, v: 1 }),
  );
  const made = (number: number): LogRecord => ({
    id: `00000000-0000-4000-8000-${number.toString(16).padStart(12, '0')}`,
    ...{ type: 'MilestoneReached', json: true, data, metadata, stream, created },
    ...{ revision: number, position: tail + number * size, end: tail + (number + 1) * size },
  });
  const recordAt = (index: number) =>
    index < held.length ? held[index] : index < held.length + count ? made(index - held.length) : undefined;
  const records = new Proxy(log.records, {
    get(target, key) {
      if (key === 'length') return held.length + count;
      if (typeof key === 'string' && /^\d+$/.test(key)) return recordAt(Number(key));
      return Reflect.get(target, key);
    },
  });
  Object.defineProperties(log, {
    records: { value: records },
    tail: { get: () => tail + count * size },
    lastPosition: { get: () => tail + (count - 1) * size },
    lastRevision: { value: (name: string) => (name === stream ? count - 1 : lastRevision(name)) },
  });
}
