import { absentId, districts, projects, type Somebody, type TwoDistricts } from '../access/two-districts.js';

/** One request: by whom, and to what. */
export interface Turn {
  world: TwoDistricts;
  somebody: Somebody;
  /** Of the row of the matrix; `-` for a route that has one place only. */
  place: string;
  /** Different in each request. */
  number: number;
  /** True if the request is to be answered, so that it may change or end what it is about. */
  isToPass: boolean;
}

export const threePlaces = ['own', 'foreign', 'absent'] as const;

type Place = (typeof threePlaces)[number];
const isPlace = (place: string): place is Place => threePlaces.includes(place as Place);

/** The district or the absence that a place means. */
export const inDistrict = (turn: Turn): Place => (isPlace(turn.place) ? turn.place : 'own');

/** Makes something for a request; those that are to be refused share one, because none of them may change it. */
async function once<Made>(turn: Turn, name: string, make: () => Promise<Made>): Promise<Made> {
  if (turn.isToPass) return make();
  const { shared } = turn.world;
  const known = shared.get(name) ?? make();
  shared.set(name, known);
  return known as Promise<Made>;
}

export async function newProject({ world, number }: Turn): Promise<string> {
  const project = `moved-${number}`;
  const body = { project, name: { en: 'Moved' }, district: districts.own, asOf: '2018-01-01' };
  await world.prepare('POST', '/projects', body);
  return project;
}

/** An entry of somebody else; at `own-entry` one of those who can log. */
export async function newEntry(turn: Turn): Promise<string> {
  const place = inDistrict(turn);
  if (place === 'absent') return absentId;
  return once(turn, `entry ${place}`, () => loggedEntry(turn, place));
}

async function loggedEntry(turn: Turn, place: 'own' | 'foreign'): Promise<string> {
  const { world, somebody, number } = turn;
  const body = {
    type: 'InvestmentReported',
    asOf: '2018-06-30',
    amount: { amount: `${number}`, unit: '元' },
    span: 'since-start',
  };
  const url = `/projects/${projects[place]}/entries`;
  if (turn.place !== 'own-entry' || somebody.role !== 'inspector')
    return (await world.prepare('POST', url, body)).id ?? '';
  const logged = await world.ask({ method: 'POST', url, body, key: somebody.key });
  return JSON.parse(logged.text).id;
}

/** A contradiction of the project of the place: its money by the accounts fell. */
export async function newContradiction(turn: Turn): Promise<string> {
  const place = inDistrict(turn);
  if (place === 'absent') return `money-fell:${absentId}:${absentId}`;
  return once(turn, `contradiction ${place}`, async () => {
    const reported = async (amount: string, asOf: string) => {
      const money = { amount: { amount, unit: '元' }, span: 'since-start', basis: 'accounting' };
      const body = { type: 'InvestmentReported', asOf, ...money };
      const { id } = await turn.world.prepare('POST', `/projects/${projects[place]}/entries`, body);
      return id ?? '';
    };
    return `money-fell:${await reported('900', '2018-06-28')}:${await reported('800', '2018-06-29')}`;
  });
}

/** A person with a role in the district of the place. */
export async function newPerson(turn: Turn): Promise<string> {
  const place = inDistrict(turn);
  if (place === 'absent') return absentId;
  const scope = { kind: 'district', district: districts[place] } as const;
  return once(turn, `person ${place}`, () =>
    turn.world.personWith(`Somebody ${turn.number}`, 'subscriber', scope),
  );
}

/** A key of a person of the place; at `self` of the caller. */
export async function newKey(turn: Turn): Promise<{ person: string; credential: string }> {
  const person = turn.place === 'self' ? turn.somebody.person : await newPerson(turn);
  if (person === absentId) return { person, credential: 'zzzzzzzz' };
  return once(turn, `key of ${person}`, async () => {
    await endSpareKeys(turn, person);
    const { credential = '' } = await turn.world.manage('POST', `/people/${person}/keys`, { days: 1 });
    return { person, credential };
  });
}

/** A subscription of the caller, or at the foreign place of somebody else. */
export async function newSubscription(turn: Turn): Promise<string> {
  const { world, somebody, place, number } = turn;
  if (place === 'absent') return absentId;
  const isOwn =
    place === 'own' && world.subscriptionOf(somebody, 'own') !== world.subscriptionOf(somebody, 'foreign');
  return world.newSubscription(isOwn ? somebody.key : world.other, `ending ${number}`);
}

export async function grantOf(world: TwoDistricts, person: string): Promise<string> {
  const shown = (await world.manage('GET', `/people/${person}`)) as unknown as {
    grants: { grant: string }[];
  };
  return shown.grants[0]?.grant ?? '';
}

/** Nobody has more than two keys. */
async function endSpareKeys({ world, somebody }: Turn, person: string): Promise<void> {
  type Key = { credential: string; revoked?: object };
  const shown = (await world.manage('GET', `/people/${person}`)) as unknown as { credentials: Key[] };
  const inUse = somebody.key?.split('_')[1];
  for (const { credential, revoked } of shown.credentials)
    if (!revoked && credential !== inUse)
      await world.manage('DELETE', `/people/${person}/keys/${credential}`);
}
