import { diceOf, uuidOf } from '../../test/support/dice.js';
import type { Answered, Sent } from '../access/sent.js';
import { districts, projects, type Somebody, TwoDistricts } from '../access/two-districts.js';
import type { Finding, Proof } from '../proof.js';
import { changeOne } from './authz-broken.js';
import { type Matrix, readMatrix } from './authz-matrix.js';
import { lineRoutes, placesOf, requestOf } from './authz-requests.js';
import { streamLeaks } from './authz-streams.js';

const fresh = () => ({
  routes: 0,
  cells: 0,
  mismatches: 0,
  rowsMissing: 0,
  rowsSuperfluous: 0,
  /** Foreign things that were answered otherwise than absent ones. */
  foreignKnown: 0,
  /** Requests of HEAD that were answered otherwise than those of GET. */
  headsOtherwise: 0,
  /** Refused requests after which the store held more. */
  changedByRefused: 0,
  /** Something of another district, in an answer or an event of a stream. */
  leaks: 0,
});
type Figures = ReturnType<typeof fresh>;

/**
 * Every route that fastify has, and each kind of line of an import, answers every role as the reviewed matrix says
 * (`authz-matrix.txt`): by key, with a role of a district and of the installation, for something own, foreign and absent. A
 * route without a row fails, and so does a row without a route; what is foreign is answered with the bytes of what is absent.
 *
 * A round asks for all of it once. A single round, the small size, asks each route as one person of each kind, chosen by the
 * seed: a kind are the people to whom the matrix gives the same answers at all places of the route.
 *
 * Broken, one permission is changed, that of a route or of a role, and the routes that it concerns are asked as everybody, until the
 * first difference.
 */
export const authz: Proof = {
  rounds: { small: 1, full: 5 },
  async run({ seed, rounds, isBroken }): Promise<Finding> {
    const figures = fresh();
    for (let round = 0; round < rounds; round += 1) {
      const broken = isBroken ? changeOne(seed + round) : undefined;
      try {
        await askAll(figures, {
          isAsked: (route) => broken?.concerned.includes(route) ?? true,
          isOver: () => broken !== undefined && faultsIn(figures) > 0,
          seed: broken || rounds > 1 ? undefined : seed,
        });
      } finally {
        broken?.mend();
      }
    }
    return { figures: { rounds, ...figures }, pass: figures.cells > 0 && faultsIn(figures) === 0 };
  },
};

function faultsIn({ routes: _, cells: __, ...faults }: Figures): number {
  return Object.values(faults).reduce((sum, count) => sum + count, 0);
}

/** Which routes are asked, and the seed by which one of each kind of people is chosen; undefined asks as everybody. */
interface Choice {
  isAsked: (route: string) => boolean;
  /** Whether enough was seen. */
  isOver: () => boolean;
  seed: number | undefined;
}

async function askAll(figures: Figures, { isAsked, isOver, seed }: Choice): Promise<void> {
  const world = await TwoDistricts.open();
  try {
    const matrix = readMatrix();
    const routes = [...new Set(world.routes), ...lineRoutes].filter((route) => !route.startsWith('HEAD '));
    const rows = routes.flatMap((route) => placesOf(route).map((place) => ({ route, place })));
    figures.routes += routes.length;
    const names = rows.map(({ route, place }) => `${route} ${place}`);
    for (const name of names.filter((name) => !matrix.has(name))) note(figures, 'rowsMissing', name);
    for (const name of matrix.keys()) if (!names.includes(name)) note(figures, 'rowsSuperfluous', name);
    const foreign = new Map<string, Answered & { sent: Sent }>();
    let number = 0;
    for (const { route, place } of rows.filter(({ route }) => isAsked(route))) {
      if (isOver()) break;
      for (const somebody of seed === undefined
        ? world.somebody
        : oneOfEachKind(world, matrix, route, seed)) {
        number += 1;
        const answered = await askCell(world, { route, place, somebody, number, matrix }, figures);
        const cell = `${route} ${somebody.name}`;
        // A role of the installation reaches both, and gets what is there.
        if (place === 'foreign' && !somebody.isEverywhere) foreign.set(cell, answered);
        const known = foreign.get(cell);
        if (place === 'absent' && known) compareAbsent(cell, known, answered, figures);
      }
    }
    figures.leaks += await streamLeaks(world);
  } finally {
    await world.close();
  }
}

/** People of a route, one of each to whom the matrix gives the same answers at all of its places. */
function oneOfEachKind({ somebody }: TwoDistricts, matrix: Matrix, route: string, seed: number): Somebody[] {
  const dice = diceOf(Number.parseInt(uuidOf(`authz ${seed} ${route}`).slice(0, 8), 16));
  const answersOf = (one: Somebody) =>
    placesOf(route)
      .map((place) => matrix.get(`${route} ${place}`)?.[somebody.indexOf(one)])
      .join();
  const kinds = Map.groupBy(somebody, answersOf);
  return [...kinds.values()].map((kind) => dice.pick(kind as [Somebody, ...Somebody[]]));
}

interface Cell {
  route: string;
  place: string;
  somebody: Somebody;
  number: number;
  matrix: Matrix;
}

async function askCell(
  world: TwoDistricts,
  cell: Cell,
  figures: Figures,
): Promise<Answered & { sent: Sent }> {
  const { route, place, somebody, number, matrix } = cell;
  const expected = matrix.get(`${route} ${place}`)?.[world.somebody.indexOf(somebody)];
  const isToPass = expected === 'ok';
  const sent = await requestOf(route, { world, place, somebody, number, isToPass });
  const { store } = world.composed;
  const before = await store.head();
  const isStream = route === 'GET /alerts/stream';
  const answered = await world.ask(isStream ? { ...sent, method: 'HEAD' } : sent);
  const status = statusOf(route, answered);
  if (status >= 400 && (await store.head()) > before)
    note(figures, 'changedByRefused', `${route} ${somebody.name}`);
  const seen = classOf(status);
  figures.cells += 1;
  if (expected !== undefined && seen !== expected)
    note(
      figures,
      'mismatches',
      `${route} ${place}, ${somebody.name}: ${seen} instead of ${expected}: ${answered.text.slice(0, 300)}`,
    );
  if (status < 400 && place !== 'foreign' && !somebody.isEverywhere && tellsOfForeign(answered.text, world))
    note(figures, 'leaks', `${route} ${place}, ${somebody.name}`);
  if (sent.method === 'GET' && !isStream) {
    const head = await world.ask({ ...sent, method: 'HEAD' });
    if (head.status !== answered.status)
      note(figures, 'headsOtherwise', `${route} ${place}, ${somebody.name}: ${head.status}`);
  }
  return { ...answered, sent };
}

/** The status of an answer; of a line that of its result. */
function statusOf(route: string, { status, text }: Answered): number {
  return route.startsWith('LINE ') && status === 200 ? JSON.parse(text).status : status;
}

function classOf(status: number): string {
  return status < 400 ? 'ok' : String(status);
}

/** Anything by which somebody could tell that another district is there. */
function tellsOfForeign(text: string, { alerts, people }: TwoDistricts): boolean {
  const signs = [districts.foreign, projects.foreign, alerts.foreign, people.foreign];
  return signs.some((sign) => text.includes(sign));
}

/** A refused request for something foreign has the bytes of one for something absent. */
function compareAbsent(
  cell: string,
  foreign: Answered & { sent: Sent },
  absent: Answered & { sent: Sent },
  figures: Figures,
): void {
  if (statusOf(cell, foreign) < 400) return;
  const bytesOf = ({ status, headers, text, sent }: Answered & { sent: Sent }) => {
    const { date: _, ...others } = headers;
    return JSON.stringify([status, others, withoutIds(text, sent)]);
  };
  if (bytesOf(foreign) !== bytesOf(absent))
    note(figures, 'foreignKnown', `${cell}: ${foreign.text} | ${absent.text}`);
}

/** A text without the ids that the request named, and lengths that follow from them. */
function withoutIds(text: string, { url, body }: Sent): string {
  const named = `${typeof body === 'string' ? body : ''} ${url}`.match(
    /[a-z0-9-]*[0-9a-f]{12}|[a-z]+-works|[a-z0-9]{8}$/g,
  );
  let rest = text;
  for (const id of named ?? []) rest = rest.replaceAll(id, 'ID');
  return rest;
}

function note(figures: Figures, what: keyof Figures, sentence: string): void {
  figures[what] += 1;
  if (figures[what] <= 40) console.error(`${what}: ${sentence}`);
}
