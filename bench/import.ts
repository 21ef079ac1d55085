import { addDays, type Day } from '../domain/values/days/calendar.js';
import { groupCommitLoop, writtenIn } from './append-limits.js';
import { type Bench, figureOf } from './figures.js';
import { type Server, startService } from './http-servers.js';
import { logOf } from './logs.js';
import { sendLines } from './ndjson-load.js';

const linesEach = 5_000;
const inFlight = 4;
/** Lines of a measured part. */
const partLines = 100_000;
/** A registration and ten facts. */
const linesAProject = 11;

/** Events that wait for each commit of the yardstick. */
const inCommit = 256;

/**
 * One import of many projects, ten facts each, as a migration from another system makes it: all registrations, then a fact of every
 * project in turn, with ids in order of time. Once with facts of the last days, about which no alert is due, and once with old ones, so that
 * two alerts of each project are due. Until all lines are answered, and until all alerts are recorded. Versus `JSON.parse` of the same lines,
 * and versus group commit without the product.
 *
 * The server has one core, the load another.
 */
export const imported: Bench = async function* ({ isSmall, runs, events = isSmall ? 110_000 : 1_100_000 }) {
  const bench = 'import';
  for (const day of [
    { name: 'no alert due', first: '2018-06-30' },
    { name: 'alerts due', first: '2018-01-10' },
  ]) {
    const all: Imported[] = [];
    for (let run = 0; run < runs; run += 1) {
      const service = await startService();
      try {
        all.push(await importInto(service, events, day.first));
      } finally {
        await service.stop();
      }
    }
    const of = (name: Exclude<keyof Imported, 'parts'>) => all.map((one) => one[name]);
    const lines = `${events} lines, ${day.name}`;
    const parsed = { name: 'JSON.parse of the same lines', values: of('parsed') };
    const committed = { name: `group commit, ${inCommit} in flight`, values: of('committed') };
    yield figureOf({ bench, figure: `${lines}, until sent`, unit: 'lines/s' }, of('sent'), parsed);
    yield figureOf(
      { bench, figure: `${lines}, until evaluated`, unit: 'lines/s' },
      of('evaluated'),
      committed,
    );
    for (const [index, { from, end }] of (all[0]?.parts ?? []).entries()) {
      const rates = all.map(({ parts }) => parts[index]?.rate ?? Number.NaN);
      yield figureOf({ bench, figure: `${lines}, lines ${from + 1} to ${end}`, unit: 'lines/s' }, rates);
    }
    yield figureOf({ bench, figure: lines, unit: 'us of CPU of the service a line' }, of('cpuMicroseconds'));
    yield figureOf({ bench, figure: `${lines}, held once evaluated`, unit: 'MB' }, of('residentMB'));
  }
};

/** Lines per second of one import, and of its yardsticks. */
interface Imported {
  sent: number;
  evaluated: number;
  /** Until sent; lines are counted from 0, `end` is exclusive. */
  parts: { from: number; end: number; rate: number }[];
  /** A line, until evaluated. */
  cpuMicroseconds: number;
  residentMB: number;
  parsed: number;
  committed: number;
}

async function importInto(service: Server, lines: number, firstDay: Day): Promise<Imported> {
  const began = service.cpuMicroseconds();
  const parts: Imported['parts'] = [];
  let seconds = 0;
  let last: Buffer = Buffer.alloc(0);
  for (let from = 0; from < lines; from += partLines) {
    const end = Math.min(lines, from + partLines);
    let needed = 0;
    // No fact is sent before its project is registered.
    for (const [start, until] of cutAt(registrationsOf(lines), from, end)) {
      const bodies: Buffer[] = [];
      for (let first = start; first < until; first += linesEach)
        bodies.push(bodyOf({ from: first, end: Math.min(until, first + linesEach), lines, firstDay }));
      needed += (until - start) / (await sendLines(service.port, bodies, inFlight));
      last = bodies[0] as Buffer;
    }
    parts.push({ from, end, rate: (end - from) / needed });
    seconds += needed;
  }
  const before = performance.now();
  await untilEvaluated(service.port);
  const evaluated = lines / (seconds + (performance.now() - before) / 1000);
  const cpuMicroseconds = (service.cpuMicroseconds() - began) / lines;
  const residentMB = service.residentMB();
  const parsed = parsedPerSecond(last);
  const committed = await committedPerSecond();
  return { sent: lines / seconds, evaluated, parts, cpuMicroseconds, residentMB, parsed, committed };
}

/** The first lines of an import, one a project. */
function registrationsOf(lines: number): number {
  return Math.floor(lines / linesAProject);
}

/** A range in two where a place lies within it; ends are exclusive. */
function cutAt(place: number, from: number, end: number): [from: number, end: number][] {
  if (place <= from || place >= end) return [[from, end]];
  return [
    [from, place],
    [place, end],
  ];
}

/** Events that SQLite without the product commits a second. */
async function committedPerSecond(): Promise<number> {
  const log = await logOf({ projects: 1_000, eventsEach: linesAProject });
  try {
    return await groupCommitLoop(writtenIn(log.path), `${log.path}-again`, inCommit);
  } finally {
    log.remove();
  }
}

/** Lines of a body that `JSON.parse` reads a second. */
function parsedPerSecond(body: Buffer): number {
  const lines = body.toString().trimEnd().split('\n');
  const before = performance.now();
  let count = 0;
  for (; performance.now() - before < 500; count += lines.length) for (const line of lines) JSON.parse(line);
  return count / ((performance.now() - before) / 1000);
}

/** Resolves when no project waits for its evaluation. */
async function untilEvaluated(port: number): Promise<void> {
  for (;;) {
    const metrics = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
    const waiting = [
      ...metrics.matchAll(/^topout_evaluation_queue_projects\{kind="(?:urgent|due)"\} (\d+)/gm),
    ];
    if (waiting.length > 0 && waiting.every(([, count]) => count === '0')) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** Part of an import: from line `from` (inclusive) to `end` (exclusive). */
interface Part {
  from: number;
  end: number;
  /** Of the whole import. */
  lines: number;
  firstDay: Day;
}

function bodyOf({ from, end, lines, firstDay }: Part): Buffer {
  const projects = registrationsOf(lines);
  const body: string[] = [];
  for (let number = from; number < end; number += 1)
    body.push(
      `${JSON.stringify({ id: idOf(number), project: `works-${number % projects}`, ...said(number, projects, firstDay) })}\n`,
    );
  return Buffer.from(body.join(''));
}

function said(number: number, projects: number, firstDay: Day): Record<string, unknown> {
  const round = Math.floor(number / projects);
  const name = { en: `Works ${number}`, zh: `项目${number}` };
  if (round === 0)
    return { type: 'ProjectRegistered', asOf: firstDay, name, district: `district-${number % 200}` };
  const asOf = addDays(firstDay, round - 1);
  const source = { kind: 'report', document: '2018 half-year report', paragraph: String(round) };
  const item = `item-${round % 12}`;
  if (round % 10 === 8) return { type: 'MilestoneReached', asOf, item, note: `第${round}次检查，现场已确认` };
  if (round % 10 === 9) {
    const amount = { amount: String(round + 1), unit: '万元' };
    return { type: 'InvestmentReported', asOf, amount, span: 'since-start', source };
  }
  return {
    type: 'ProgressMeasured',
    asOf,
    item,
    measure: { kind: 'percent', percent: (number * 7) % 101 },
    source,
  };
}

/** A UUID of version 7 whose time grows with the number, with other digits that do not. */
function idOf(number: number): string {
  const at = hex(Date.parse('2018-07-10') + number, 12);
  const mixed = hex(Math.imul(number, 0x9e3779b1) >>> 0, 8);
  return `${at.slice(0, 8)}-${at.slice(8)}-7${mixed.slice(0, 3)}-8${mixed.slice(3, 6)}-${mixed}${mixed.slice(0, 4)}`;
}

function hex(value: number, digits: number): string {
  return value.toString(16).padStart(digits, '0');
}
