// Asks two builds, on copies of one data folder, for every GET route at random points of both clocks, and lists what differs.
import { cpSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { stallDeclared } from './loads.mjs';
import { openReceiver } from './receiver.mjs';
import { post, served, workFolder } from './served.mjs';

/** Routes whose answers are of this moment or this process, or have no end. */
const routesLeftOut = [/^\/health\//, /^\/metrics$/, /^\/alerts\/stream/, /^\/docs/, /^\/openapi/];
/** Members that name the instant of an answer. */
const ofTheMoment = new Set(['answeredAt', 'checkedAt']);
/** Members that hold the words of a message. */
const words = new Set(['title', 'detail', 'means', 'message', 'text', 'texts']);
const besidesWords = new Set([...ofTheMoment, ...words]);
const mostListed = 40;

/**
 * What the two builds answer differently on the example district.
 *
 * The other build writes the data folder, with a subscription and a delivered alert, and this tree opens a copy of it: so this
 * also tells whether older data open, and whether a notice is delivered a second time.
 *
 * @param {{moments: number, seed: number}} effort how many pairs of `asOf` and `knownAt` each route is asked for
 * @returns {Promise<{counts: object, differing: string[], worded: string[]}>} lines such as
 *   `GET /projects/huaao-2?asOf=…: .percent: 5 → 6`; `worded` are those that differ in words of messages alone
 */
export async function differences(other, here, { moments, seed }) {
  const folder = workFolder();
  const receiver = await openReceiver();
  const theirs = join(folder.path, 'theirs');
  const ours = join(folder.path, 'ours');
  const settings = {
    TOPOUT_EXAMPLE: 'on',
    TOPOUT_TODAY: 'real',
    TOPOUT_SETTLING_TIME: '0',
    TOPOUT_WEBHOOK_LOOPBACK: 'on',
  };
  try {
    const writer = await served(other, theirs, settings);
    // Made when it is first asked for, and the same for both from then on.
    await fetch(`${writer.address}/alerts/key`);
    await deliverAlert(writer, receiver);
    await writer.stop();
    cpSync(theirs, ours, { recursive: true });
    // The file of keys lies beside the folder, once there is a key.
    if (existsSync(`${theirs}.vault.json`)) cpSync(`${theirs}.vault.json`, `${ours}.vault.json`);
    const delivered = receiver.notices.length;
    const services = [await served(other, theirs, settings), await served(here, ours, settings)];
    try {
      const found = await compared(services, moments, seed);
      const again = receiver.notices.length - delivered;
      if (again > 0) found.differing.push(`${again} notices were delivered a second time`);
      return { ...found, counts: { ...found.counts, delivered, deliveredAgain: again } };
    } finally {
      for (const service of services) await service.stop();
    }
  } finally {
    receiver.close();
    folder.remove();
  }
}

/** Subscribes the receiver, declares a stall, and waits until both its notice and its record are there. */
async function deliverAlert(service, receiver) {
  const channel = { kind: 'webhook', url: receiver.address };
  const { subscription } = await post(service, '/subscriptions', { name: 'Duty office', channel });
  const notice = receiver.nextNotice();
  await post(service, '/projects/huaao-2/entries', stallDeclared('funds-of-july'));
  await notice;
  const path = `${service.address}/subscriptions/${subscription}/notices`;
  while ((await (await fetch(path)).json()).items.length === 0)
    await new Promise((resolve) => setTimeout(resolve, 50));
}

async function compared([there, here], moments, seed) {
  const routes = await routesOf(there);
  const ids = await idsOf(there);
  const dice = diceOf(seed);
  const differing = new Map();
  let requests = 0;
  for (const route of routes) {
    const asked = new Set();
    // A route without a clock has as many answers as it has names in its path and choices in its query.
    const times = route.clocks.length > 0 ? moments : 40;
    for (let time = 0; time < times; time += 1) {
      const path = pathOf(route, ids, dice);
      if (path) asked.add(path);
    }
    for (const path of asked) {
      requests += 1;
      const [before, after] = await Promise.all([answerOf(there, path), answerOf(here, path)]);
      const worded = differenceOf(before, after, ofTheMoment);
      const found = worded && (differenceOf(before, after, besidesWords) ?? { ...worded, isWorded: true });
      if (!found) continue;
      // One line for each kind of difference of a route, with the first address that shows it.
      const kind = `${route.path} ${found.place.replace(/\[\d+\]/g, '[]')}`;
      const first = differing.get(kind) ?? {
        line: `GET ${path}: ${found.place}: ${found.seen}`,
        isWorded: found.isWorded,
        times: 0,
      };
      differing.set(kind, { ...first, times: first.times + 1 });
    }
  }
  const linesOf = (isWorded) =>
    [...differing.values()]
      .filter((kind) => Boolean(kind.isWorded) === isWorded)
      .map(({ line, times }) => (times > 1 ? `${line} (${times} times)` : line));
  const [others, worded] = [linesOf(false), linesOf(true)];
  return {
    counts: { routes: routes.length, requests, differingKinds: others.length, wordedKinds: worded.length },
    differing: others.slice(0, mostListed),
    worded: worded.slice(0, mostListed),
  };
}

/** The GET routes of the API's document, each with the clocks and the other choices that its query takes. */
async function routesOf(service) {
  const document = await (await fetch(`${service.address}/openapi.json`)).json();
  return Object.entries(document.paths)
    .filter(([path, methods]) => methods.get && !routesLeftOut.some((pattern) => pattern.test(path)))
    .map(([path, { get }]) => {
      const parameters = (get.parameters ?? []).map((one) =>
        one.$ref ? document.components.parameters[one.$ref.split('/').at(-1)] : one,
      );
      const inQuery = parameters.filter((one) => one.in === 'query');
      const clocks = inQuery
        .map((one) => one.name)
        .filter((name) => ['asOf', 'knownAt', 'from', 'to'].includes(name));
      // Waiting has no end where nothing comes.
      return {
        path,
        clocks,
        choices: inQuery.filter((one) => one.name !== 'wait' && !clocks.includes(one.name)),
      };
    });
}

/** What a path or a query may hold, by the name of its parameter. */
async function idsOf(service) {
  const items = async (path) => (await (await fetch(`${service.address}${path}`)).json()).items;
  const alerts = [...(await items('/alerts')), ...(await items('/alerts?status=cleared'))];
  const [first] = await items('/entries?limit=1');
  const { head } = await (await fetch(`${service.address}/entries?limit=1`)).json();
  if (!first || alerts.length === 0) throw new Error('The example district holds no entry or no alert.');
  const projects = await items('/projects');
  const distinct = (name) => [...new Set(projects.map((one) => one[name]).filter(Boolean))];
  return {
    project: distinct('project'),
    district: distinct('district'),
    sector: distinct('sector'),
    owner: distinct('owner'),
    phase: distinct('phase'),
    alert: alerts.map((one) => one.alert),
    subscription: (await items('/subscriptions')).map((one) => one.subscription),
    name: (await items('/problems')).map(({ type }) => type.split('/').at(-1)),
    limit: ['1', '3', '50'],
    head,
  };
}

/** An address of a route with a random choice of everything; undefined where something in it has no example. */
function pathOf(route, ids, dice) {
  let isWhole = true;
  const path = route.path.replace(/\{(\w+)\}/g, (_, name) => {
    const known = ids[name] ?? [];
    if (known.length === 0) isWhole = false;
    return encodeURIComponent(known[dice(known.length)] ?? '');
  });
  if (!isWhole) return undefined;
  const query = new URLSearchParams();
  const days = [dayAt(dice(400)), dayAt(dice(400))].sort();
  for (const clock of route.clocks) {
    if (clock === 'asOf') query.set('asOf', days[1]);
    if (clock === 'knownAt' && dice(4) > 0) query.set('knownAt', String(1 + dice(ids.head)));
    if (clock === 'from') query.set('from', days[0]);
    if (clock === 'to') query.set('to', days[1]);
  }
  for (const { name, schema } of route.choices) {
    const known = schema?.enum ?? ids[name] ?? [];
    if (known.length > 0 && dice(4) === 0) query.set(name, known[dice(known.length)]);
  }
  return query.size > 0 ? `${path}?${query}` : path;
}

function dayAt(number) {
  return new Date(Date.UTC(2017, 8, 1 + number)).toISOString().slice(0, 10);
}

async function answerOf(service, path) {
  const answer = await fetch(`${service.address}${path}`);
  const text = await answer.text();
  const isJson = /json/.test(answer.headers.get('content-type') ?? '');
  return { status: answer.status, body: isJson ? JSON.parse(text) : text.replaceAll(service.address, '') };
}

/** The first place where two answers differ. */
function differenceOf(before, after, leftOut, place = '') {
  if (before === after) return undefined;
  const isEach = (value) => typeof value === 'object' && value !== null;
  if (!isEach(before) || !isEach(after) || Array.isArray(before) !== Array.isArray(after))
    return { place: place || '.', seen: `${shown(before)} → ${shown(after)}` };
  for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
    if (leftOut.has(name)) continue;
    const inside = Array.isArray(before) ? `${place}[${name}]` : `${place}.${name}`;
    const found = differenceOf(before[name], after[name], leftOut, inside);
    if (found) return found;
  }
  return undefined;
}

function shown(value) {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 120 ? `${text.slice(0, 120)}…` : text;
}

/** Whole numbers below a bound, the same ones for the same seed (mulberry32). */
function diceOf(seed) {
  let state = seed >>> 0;
  return (bound) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % bound;
  };
}
