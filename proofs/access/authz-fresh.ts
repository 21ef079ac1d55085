import { absentId, districts, projects, type Somebody, type TwoDistricts } from './two-districts.js';

/** One request: by whom, and to what. */
export interface Turn {
  world: TwoDistricts;
  somebody: Somebody;
  /** Of the row of the matrix; `-` for a route that has one place only. */
  place: string;
  /** Different in each request. */
  number: number;
}

export const threePlaces = ['own', 'foreign', 'absent'] as const;

type Place = (typeof threePlaces)[number];
const isPlace = (place: string): place is Place => threePlaces.includes(place as Place);

/** The district or the absence that a place means. */
export const inDistrict = (turn: Turn): Place => (isPlace(turn.place) ? turn.place : 'own');

export async function newProject({ world, number }: Turn): Promise<string> {
  const project = `moved-${number}`;
  const body = { project, name: { en: 'Moved' }, district: districts.own, asOf: '2018-01-01' };
  await world.prepare('POST', '/projects', body);
  return project;
}

/** An entry of somebody else; at `own-entry` one of those who can log. */
export async function newEntry(turn: Turn): Promise<string> {
  const { world, somebody, number } = turn;
  const place = inDistrict(turn);
  if (place === 'absent') return absentId;
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

/** A person with a role in the district of the place. */
export async function newPerson(turn: Turn): Promise<string> {
  const place = inDistrict(turn);
  if (place === 'absent') return absentId;
  const { person } = await turn.world.person(`Somebody ${turn.number}`, 'subscriber', {
    kind: 'district',
    district: districts[place],
  });
  return person;
}

/** A subscription of the caller, or at the foreign place of somebody else. */
export async function newSubscription({ world, somebody, place, number }: Turn): Promise<string> {
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
export async function endSpareKeys({ world, somebody }: Turn, person: string): Promise<void> {
  type Key = { credential: string; revoked?: object };
  const shown = (await world.manage('GET', `/people/${person}`)) as unknown as { credentials: Key[] };
  const inUse = somebody.key?.split('_')[1];
  for (const { credential, revoked } of shown.credentials)
    if (!revoked && credential !== inUse)
      await world.manage('DELETE', `/people/${person}/keys/${credential}`);
}
