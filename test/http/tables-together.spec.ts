import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { AnyRecordedEvent } from '../../domain/log/any-event.js';
import { rowsTogether } from '../../domain/table/rows-together.js';
import { countyTable, fifty } from '../domain/table/county-table.js';
import { type Dice, diceOf } from '../support/dice.js';
import { eventsOf } from '../support/event-store-ports.js';
import { type Service, startService } from './service.js';

interface Entry extends Record<string, unknown> {
  project: string;
  type: string;
}

const seeds = [11, 12, 13, 14, 15, 16];
let service: Service;
let rows: { line: number; project?: string; entries: Entry[] }[];

beforeAll(async () => {
  service = await startService();
  const registrations = fifty.map(({ project, zh }) => ({
    project,
    type: 'ProjectRegistered',
    asOf: '2018-01-01',
    name: { zh },
  }));
  await service.sendLines(registrations);
  await service.get('/projects');
  await service.app.listen({ port: 0, host: '127.0.0.1' });
  const said = { text: countyTable(), document: 'county', asOf: '2018-06' };
  rows = ((await service.send('POST', '/tables/reading', said)).body.rows as unknown as typeof rows) ?? [];
}, 120_000);
afterAll(() => service.close());

/** A day for each seed, because the same statement for the same day is recorded once. */
const dayOf = (seed: number) => `2018-0${(seed % 5) + 1}-${String((seed % 28) + 1).padStart(2, '0')}`;

/** The lines of the table as an office of one document sends them, with their own document for each seed. */
const linesOf = (seed: number) =>
  rowsTogether(
    rows.map(({ line, entries }) => ({
      line,
      entries: entries.map((entry) => ({
        ...entry,
        source: { kind: 'import', document: `county ${seed}`, line },
        asOf: dayOf(seed),
      })),
    })),
  ).map(({ line }) => line);
type Line = ReturnType<typeof linesOf>[number];

/** What is stored of a document, by project, in the order of the log. */
async function storedOf(document: string): Promise<Map<string, AnyRecordedEvent[]>> {
  const all = await eventsOf(service.composed.store.readAll(0));
  const own = all.filter(({ entry }) => 'document' in entry.source && entry.source.document === document);
  return Map.groupBy(own, ({ stream }) => stream.replace(/^project-/, ''));
}

/** Each project has all entries of its line or none, one behind the other; the numbers of each. */
async function wholeOrNone(
  lines: readonly Line[],
  document: string,
): Promise<{ whole: string[]; none: string[] }> {
  const stored = await storedOf(document);
  const whole: string[] = [];
  const none: string[] = [];
  for (const { project, entries } of lines) {
    const events = stored.get(project) ?? [];
    if (events.length === 0) {
      none.push(project);
      continue;
    }
    // The office of a project is described once: where it does not change, nothing is recorded.
    const said = entries.filter(({ type }) => type !== 'ProjectDescribed').map(({ type }) => type);
    expect([project, events.map(({ type }) => type).filter((type) => type !== 'ProjectDescribed')]).toEqual([
      project,
      said,
    ]);
    expect(events.map(({ position }) => position)).toEqual(
      events.map((_, index) => (events[0]?.position ?? 0) + index),
    );
    whole.push(project);
  }
  return { whole, none };
}

/** Ways in which an entry is refused: by its shape, by its content, by its type, by a day that has not begun. */
const faults: readonly ((entry: Line['entries'][number]) => object)[] = [
  (entry) => ({ ...entry, asOf: '2018-02-31' }),
  (entry) => ({ ...entry, asOf: '2019-01-01' }),
  () => ({ type: 'ProgressMeasured', asOf: '2018-06-01', measure: { kind: 'percent', percent: 110 } }),
  () => ({ type: 'MoneyReported', asOf: '2018-06-01', kind: 'funds' }),
  () => ({ type: 'Nothing', asOf: '2018-06-01' }),
];

function spoilt({ project, entries }: Line, dice: Dice): object {
  const place = dice.int(0, entries.length - 1);
  const [entry] = entries.slice(place);
  const fault = faults[dice.int(0, faults.length - 1)] as (typeof faults)[number];
  return { project, entries: entries.toSpliced(place, 1, fault(entry as Line['entries'][number]) as never) };
}

test.each(seeds)(
  'a table with refused entries stores each project whole or not at all (seed %i)',
  async (seed) => {
    const dice = diceOf(seed);
    const lines = linesOf(seed);
    const isSpoilt = lines.map(() => dice.chance(30));
    const sent = lines.map((line, at) => (isSpoilt[at] ? spoilt(line, dice) : line));
    const { lines: results } = await service.sendLines(sent);
    const refused = results.map((result) => 'problem' in result);
    expect(refused).toEqual(isSpoilt);
    expect(results.every((result, at) => 'entry' in result === refused[at])).toBe(true);
    const names = (isWanted: boolean) =>
      lines.filter((_, at) => isSpoilt[at] !== isWanted).map(({ project }) => project);
    expect(await wholeOrNone(lines, `county ${seed}`)).toEqual({ whole: names(true), none: names(false) });
    // Mended and sent again, what was recorded stays and the rest is added.
    const again = await service.sendLines(lines);
    expect(again.lines.filter((result) => 'problem' in result)).toEqual([]);
    expect((await wholeOrNone(lines, `county ${seed}`)).none).toEqual([]);
  },
  120_000,
);

test.each(seeds)(
  'a table that is cut off on its way stores each project whole or not at all (seed %i)',
  async (seed) => {
    const dice = diceOf(seed);
    const lines = linesOf(seed + 100);
    const body = Buffer.from(lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
    const cut = dice.int(1, body.length - 1);
    const { port } = service.app.getHttpServer().address() as { port: number };
    const socket = connect(port, '127.0.0.1').on('error', () => undefined);
    await once(socket, 'connect');
    const head = [
      'POST /entries HTTP/1.1',
      `Host: 127.0.0.1:${port}`,
      'Content-Type: application/x-ndjson',
      `Content-Length: ${body.length}`,
    ];
    socket.write(Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`), body.subarray(0, cut)]));
    await new Promise((resolve) => setTimeout(resolve, dice.int(0, 60)));
    socket.destroy();
    await once(socket, 'close');
    await settled();
    const { none } = await wholeOrNone(lines, `county ${seed + 100}`);
    expect(none.length).toBeGreaterThan(0);
    const again = await service.sendLines(lines);
    expect(again.lines.filter((result) => 'problem' in result)).toEqual([]);
    expect((await wholeOrNone(lines, `county ${seed + 100}`)).none).toEqual([]);
  },
  120_000,
);

/** Waits until nothing more is recorded. */
async function settled(): Promise<void> {
  for (let before = -1, head = await service.head(); head !== before; ) {
    before = head;
    await new Promise((resolve) => setTimeout(resolve, 150));
    head = await service.head();
  }
}
