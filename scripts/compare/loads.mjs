// What is measured: each load gives the CPU microseconds an operation that one build takes.
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inRoot } from '../ensure.mjs';
import { moduleOf } from './builds.mjs';
import { post, sendLines, served, workFolder } from './served.mjs';

const projects = 100;
/** Of all of them. */
const district = 'Harbour';

export const loads = { append, http, import: imported, latency };

/** Loads of this tree under two settings: `measured` against `against`. */
export const settings = {
  'http-keys': { measured: httpWithKeys, against: http, name: 'open mode', mostRatio: 1.05 },
  'append-ledger': { measured: appendWithLedger, against: append, name: 'no ledger', mostRatio: 1.15 },
};

/** As `append`, while the ledger follows the store, until it has signed everything. */
function appendWithLedger(build) {
  return append(build, [join(build.folder, 'dist')]);
}

/** 60,000 durable appends of one event, 64 in flight, in a process of their own. */
async function append(build, more = []) {
  const folder = workFolder();
  try {
    const store = moduleOf(build, 'src/event-store/sqlite/sqlite.js', 'src/event-store/sqlite.js');
    const child = spawn(
      inRoot('node_modules/node/bin/node'),
      [inRoot('scripts/compare/appends.mjs'), store, join(folder.path, 'events.db'), ...more],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    let text = '';
    child.stdout.on('data', (chunk) => {
      text += chunk;
    });
    const [code] = await once(child, 'exit');
    if (code !== 0) throw new Error(`The appends of ${build.name} ended with ${code}.`);
    return Number(text);
  } finally {
    folder.remove();
  }
}

/** 24,000 facts, one a request over 64 connections, after 2,000 that warm the service. */
function http(build) {
  return withService(build, async (service) => {
    await facts(service, 2_000);
    const before = service.cpuMicroseconds();
    await facts(service, 24_000);
    return (service.cpuMicroseconds() - before) / 24_000;
  });
}

/** Ten facts for each of 4,000 projects as lines, four bodies of 5,000 at a time, after their registrations. */
async function imported(build) {
  const folder = workFolder();
  const service = await served(build, join(folder.path, 'data'), { TOPOUT_EXAMPLE: 'off' });
  try {
    await sendAll(
      service,
      Array.from({ length: 4_000 }, (_, number) => registered(number)),
    );
    const lines = Array.from({ length: 40_000 }, (_, number) => lineOf(number, 4_000));
    const before = service.cpuMicroseconds();
    await sendAll(service, lines);
    return (service.cpuMicroseconds() - before) / lines.length;
  } finally {
    await service.stop();
    folder.remove();
  }
}

/** Sends lines in bodies of 5,000, four at a time. */
async function sendAll(service, lines) {
  let next = 0;
  const hand = async () => {
    while (next < lines.length) {
      const from = next;
      next += 5_000;
      await sendLines(service, lines.slice(from, next));
    }
  };
  await Promise.all(Array.from({ length: 4 }, hand));
}

function registered(number) {
  return {
    type: 'ProjectRegistered',
    project: `works-${number}`,
    name: { en: `Works ${number}` },
    district,
    asOf: '2018-01-01',
  };
}

/** A fact of a project; each round of all projects is of another day. */
function lineOf(number, ofProjects) {
  const round = Math.floor(number / ofProjects);
  return {
    id: randomUUID(),
    project: `works-${number % ofProjects}`,
    type: 'ProgressMeasured',
    asOf: `2018-06-${10 + round}`,
    item: `item-${round % 12}`,
    measure: { kind: 'percent', percent: number % 100 },
    source: { kind: 'report', document: '2018 half-year report', paragraph: `${round}` },
  };
}

/** As `http`, to a service that asks for a sign-in, each fact with the key of one of four inspectors. */
function httpWithKeys(build) {
  return withService(build, async (service) => {
    const keys = await inspectorKeys(service);
    await facts(service, 2_000, keys);
    const before = service.cpuMicroseconds();
    await facts(service, 24_000, keys);
    return (service.cpuMicroseconds() - before) / 24_000;
  });
}

/** Makes the service ask for a sign-in; returns the keys of four inspectors of a district: one may write 10,000 times a minute. */
async function inspectorKeys(service) {
  const token = readFileSync(join(service.dataPath, 'setup-token'), 'utf8').trim();
  const { key } = await post(service, '/access/first-administrator', { token, name: 'Ann' });
  const scope = { kind: 'district', district };
  const keys = [];
  for (const name of ['Lin', 'Mei', 'Bao', 'Tan']) {
    const { person } = await post(service, '/people', { name }, key);
    await post(service, `/people/${person}/grants`, { role: 'inspector', scope }, key);
    // The limits of a person are below what the clients send.
    const limits = { rates: { writes: 10_000 } };
    keys.push((await post(service, `/people/${person}/keys`, { limits }, key)).key);
  }
  return keys;
}

/** 500 entries at 100 a second, each tenth a stall, while one reader follows the stream of alerts. */
function latency(build) {
  return withService(build, async (service) => {
    const reading = new AbortController();
    const stream = await fetch(`${service.address}/alerts/stream`, { signal: reading.signal });
    const alerts = readOn(stream, reading.signal);
    const before = service.cpuMicroseconds();
    const began = performance.now();
    for (let number = 0; number < 500; number += 1) {
      const wait = began + number * 10 - performance.now();
      if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
      await post(
        service,
        `/projects/works-${number % projects}/entries`,
        number % 10 ? rise(number) : stallDeclared(`stall-${number}`),
      );
    }
    const used = service.cpuMicroseconds() - before;
    reading.abort();
    if ((await alerts) === 0) throw new Error(`${build.name} sent no alert to the stream.`);
    return used / 500;
  });
}

async function withService(build, work) {
  const folder = workFolder();
  const service = await served(build, join(folder.path, 'data'), { TOPOUT_EXAMPLE: 'off' });
  try {
    for (let number = 0; number < projects; number += 1)
      await post(service, '/projects', {
        project: `works-${number}`,
        name: { en: `Works ${number}` },
        district,
        asOf: '2018-01-01',
      });
    return await work(service);
  } finally {
    await service.stop();
    folder.remove();
  }
}

/** Sends so many facts, 64 at a time. */
async function facts(service, count, keys = []) {
  let next = 0;
  const hand = async () => {
    while (next < count) {
      const number = next;
      next += 1;
      await post(
        service,
        `/projects/works-${number % projects}/entries`,
        rise(number),
        keys[number % keys.length],
      );
    }
  };
  await Promise.all(Array.from({ length: 64 }, hand));
}

/** How many events of the stream came until it was left. */
async function readOn(stream, signal) {
  let count = 0;
  try {
    for await (const chunk of stream.body) {
      count += Buffer.from(chunk).toString().split('\nevent:').length - 1;
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  }
  return count;
}

function rise(number) {
  return {
    type: 'ProgressMeasured',
    asOf: '2018-07-01',
    item: `item-${number % 12}`,
    measure: { kind: 'percent', percent: (number % 9_999) / 100 },
  };
}

/** The body of an entry that raises an alert. */
export function stallDeclared(stall) {
  return {
    type: 'StallDeclared',
    asOf: '2018-07-01',
    stall,
    cause: 'financing',
    blocks: ['works'],
    from: '2018-07-01',
  };
}
