import type { Sent } from '../access/sent.js';
import { absentId, districts, projects } from '../access/two-districts.js';
import {
  grantOf,
  inDistrict,
  newContradiction,
  newEntry,
  newKey,
  newPerson,
  newProject,
  newSubscription,
  type Turn,
  threePlaces,
} from './authz-fresh.js';

/** The values of the parts of an address, by their names. */
type Parts = Record<string, string>;

/** How a request to a route is made. */
interface Recipe {
  /** The places of its rows; of a route with a part of `parted` these are own, foreign and absent. */
  places?: readonly string[];
  query?: string;
  accept?: string;
  body?: (turn: Turn) => unknown;
  /** Makes what the request changes or ends, so that everybody meets it fresh. */
  fresh?: (turn: Turn) => Promise<Parts> | Parts;
}

/** Parts of an address by which something is own, foreign or absent. */
const parted = /:(project|alert|subscription|person)\b/;

const day = '2018-07-01';
const period = 'from=2018-06-01&to=2018-07-01';
const plan = () => ({
  asOf: day,
  items: [{ id: 'hall', name: { en: 'Hall' }, weight: 1, measure: 'percent' }],
});
const fact = ({ number }: Turn) => ({
  type: 'NoChangeReported',
  asOf: '2018-06-30',
  period: monthOf(number),
});
const withSelf = [...threePlaces, 'self'];
const shownOf = (route: string, name: string) => async (turn: Turn) => {
  const shown = await turn.world.manage('GET', route);
  return (shown as unknown as Record<string, object>)[name];
};

/** What is sent to the routes that need more than their address. */
const recipes: Readonly<Record<string, Recipe>> = {
  'GET /': { accept: 'text/html' },
  'GET /assets/*': { fresh: () => ({ '*': 'office.js' }) },
  'GET /log/*': { fresh: () => ({ '*': 'sw.js' }) },
  'GET /docs/:route': { fresh: () => ({ route: 'log' }) },
  'GET /problems/:name': { fresh: () => ({ name: 'not-permitted' }) },
  'GET /ledger/proof/:entry': { fresh: () => ({ entry: absentId }) },
  'GET /ledger/consistency': { query: 'from=1' },
  'GET /ledger/tile/*': { fresh: () => ({ '*': '0/000.p/1' }) },
  'POST /ledger/cosignatures': { body: () => ({ checkpoint: 'no checkpoint' }) },
  'GET /projects/:project/changes': { query: 'from=2018-01-01' },
  'POST /projects': {
    places: ['own', 'foreign'],
    body: (turn) => ({
      project: `new-${turn.number}`,
      name: { en: 'New' },
      district: inDistrict(turn) === 'foreign' ? districts.foreign : districts.own,
      asOf: day,
    }),
  },
  'PATCH /projects/:project': {
    places: [...threePlaces, 'move'],
    body: ({ place, number }) => ({
      ...(place === 'move' ? { district: districts.foreign } : { owner: `Owner ${number}` }),
      asOf: day,
    }),
    // Who may move it takes it out of the district.
    fresh: async (turn): Promise<Parts> => (turn.place === 'move' ? { project: await newProject(turn) } : {}),
  },
  'PUT /projects/:project/plan': { body: plan },
  'POST /projects/:project/entries': { body: fact },
  'POST /projects/:project/entries/:entry/withdrawal': {
    places: [...threePlaces, 'own-entry'],
    body: () => ({ reason: 'a mistake' }),
    fresh: async (turn) => ({ entry: await newEntry(turn) }),
  },
  'POST /projects/:project/contradictions/explanations': { body: explanation },
  'POST /entries': { body: () => '\n' },
  'POST /tables/reading': {
    body: () => ({ text: 'Project\tNote\nquay-works\tfine', document: 'June', asOf: '2018-06' }),
  },
  'POST /alerts/:alert/acknowledgement': { body: () => ({ name: 'Lin', dueOn: '2018-07-20' }) },
  'POST /alerts/:alert/silence': { body: () => ({ until: '2018-07-20', reason: 'the holidays' }) },
  'PUT /rules': { body: shownOf('/rules', 'rules') },
  'POST /rules/test': { query: period, body: shownOf('/rules', 'rules') },
  'PUT /lexicon': { body: shownOf('/lexicon', 'lexicon') },
  'POST /lexicon/test': { body: shownOf('/lexicon', 'lexicon') },
  'PUT /calendars/:name': {
    body: () => ({ freeWeekdays: [0], holidays: [], workdays: [] }),
    fresh: () => ({ name: 'site-days' }),
  },
  'POST /subscriptions': { body: ({ world, number }) => world.subscription(`new ${number}`) },
  'POST /subscriptions/preview': { body: () => ({}) },
  'PUT /subscriptions/:subscription': { body: ({ world, number }) => world.subscription(`moved ${number}`) },
  'DELETE /subscriptions/:subscription': {
    fresh: async (turn) => ({ subscription: await newSubscription(turn) }),
  },
  'GET /subscriptions/:subscription/confirm': { query: 'token=wrong' },
  'POST /subscriptions/:subscription/confirm': { query: 'token=wrong' },
  'GET /subscriptions/:subscription/unsubscribe': { query: 'token=wrong' },
  'POST /subscriptions/:subscription/unsubscribe': { query: 'token=wrong' },
  'GET /people/:person': { places: withSelf },
  'POST /people': { body: ({ number }) => ({ name: `Person ${number}` }) },
  'DELETE /people/:person': { fresh: async (turn) => ({ person: await newPerson(turn) }) },
  'POST /people/:person/erasure': { fresh: async (turn) => ({ person: await newPerson(turn) }) },
  'POST /people/:person/grants': {
    places: [...threePlaces, 'foreign-scope'],
    body: ({ place }) => ({
      role: 'inspector',
      scope: { kind: 'district', district: place === 'foreign-scope' ? districts.foreign : districts.own },
    }),
    fresh: async (turn) => ({ person: await newPerson(turn) }),
  },
  'DELETE /people/:person/grants/:grant': {
    fresh: async (turn) => {
      const person = await newPerson(turn);
      return { person, grant: person === absentId ? absentId : await grantOf(turn.world, person) };
    },
  },
  'POST /people/:person/keys': {
    places: withSelf,
    body: () => ({ days: 1 }),
    fresh: async (turn): Promise<Parts> => (turn.place === 'self' ? {} : { person: await newPerson(turn) }),
  },
  'DELETE /people/:person/keys/:credential': {
    places: withSelf,
    fresh: newKey,
  },
  'POST /people/:person/sign-out': { places: withSelf },
  'POST /people/:person/identities': {
    body: ({ number }) => ({ subject: `subject-${number}` }),
    fresh: async (turn) => ({ person: await newPerson(turn) }),
  },
  'POST /people/:person/links': {
    places: withSelf,
    fresh: async (turn): Promise<Parts> => (turn.place === 'self' ? {} : { person: await newPerson(turn) }),
  },
  'POST /people/:person/enrolments': {
    places: withSelf,
    fresh: async (turn): Promise<Parts> => (turn.place === 'self' ? {} : { person: await newPerson(turn) }),
  },
  'POST /devices': { body: () => ({ code: 'ZZZZ-ZZZ-ZZZ', label: 'phone' }) },
  'POST /session': {
    body: ({ somebody: { key } }) => (key === undefined ? { who: 'Eve', password: 'wrong' } : { key }),
  },
  'PUT /session/password': { body: () => ({ old: 'wrong', password: 'four words by the harbour' }) },
  'POST /access/first-administrator': { body: () => ({ token: 'wrong', name: 'Eve' }) },
};

/** Lines of `POST /entries` as routes of their own: each is checked by itself. */
const lines: Readonly<Record<string, Recipe>> = {
  'LINE NoChangeReported': { places: threePlaces, body: fact },
  'LINE ProjectRegistered': {
    places: ['own', 'foreign'],
    body: (turn) => ({
      type: 'ProjectRegistered',
      name: { en: 'New' },
      district: inDistrict(turn) === 'foreign' ? districts.foreign : districts.own,
      asOf: day,
    }),
    fresh: ({ number }) => ({ project: `line-${number}` }),
  },
  'LINE ProjectDescribed': {
    places: threePlaces,
    body: ({ number }) => ({ type: 'ProjectDescribed', owner: `Owner ${number}`, asOf: day }),
  },
  'LINE PlanAdopted': { places: threePlaces, body: () => ({ type: 'PlanAdopted', ...plan() }) },
  'LINE ContradictionExplained': {
    places: threePlaces,
    body: async (turn) => ({ type: 'ContradictionExplained', ...(await explanation(turn)) }),
  },
  'LINE EntryWithdrawn': {
    places: [...threePlaces, 'own-entry'],
    body: () => ({ type: 'EntryWithdrawn', asOf: day, reason: 'a mistake' }),
    fresh: async (turn) => ({ entry: await newEntry(turn) }),
  },
};

/** The routes of lines, beside those of fastify. */
export const lineRoutes = Object.keys(lines);

async function explanation(turn: Turn) {
  return { contradiction: await newContradiction(turn), reason: `reason ${turn.number}`, asOf: day };
}

/** The places at which a route is asked. */
export function placesOf(route: string): readonly string[] {
  const { places } = recipeOf(route);
  return places ?? (parted.test(route) ? threePlaces : ['-']);
}

/** Prepares the request of a turn. */
export async function requestOf(route: string, turn: Turn): Promise<Sent> {
  const recipe = recipeOf(route);
  const [method = '', address = ''] = route.split(' ');
  const parts: Parts = { ...partsOf(turn), ...(await recipe.fresh?.(turn)) };
  const body = await recipe.body?.(turn);
  const { key } = turn.somebody;
  if (method === 'LINE') {
    const { project, entry } = parts;
    const ofEntry = address === 'EntryWithdrawn' ? { entry } : {};
    return {
      method: 'POST',
      url: '/entries',
      key,
      body: JSON.stringify({ project, ...(body as object), ...ofEntry }),
    };
  }
  const path = address.replace(/:(\w+)|\*/g, (part, name: string = part) => parts[name] ?? 'nothing');
  const url = recipe.query === undefined ? path : `${path}?${recipe.query}`;
  return { method, url, key, body, headers: recipe.accept ? { accept: recipe.accept } : {} };
}

function recipeOf(route: string): Recipe {
  return recipes[route] ?? lines[route] ?? {};
}

/** What is at a place, by the names of the parts of addresses. */
function partsOf(turn: Turn): Parts {
  const { world, somebody } = turn;
  const place = inDistrict(turn);
  return {
    project: projects[place],
    alert: world.alerts[place],
    subscription: world.subscriptionOf(somebody, place),
    person: turn.place === 'self' ? somebody.person : world.people[place],
    entry: absentId,
  };
}

/** A number from 1 as a month, from the year 2000 on. */
function monthOf(number: number): string {
  const months = number % 220;
  return `${2000 + Math.floor(months / 12)}-${String((months % 12) + 1).padStart(2, '0')}`;
}
