import { randomUUID } from 'node:crypto';
import type { AccessRequest } from '../../src/app/access/access.js';
import { compose } from '../../src/composition/compose.js';
import { storePath } from '../../src/composition/folder/data-paths.js';
import { onData, readConfig } from '../../src/composition/settings/config.js';
import { nextTurn, world } from '../../src/composition/world.js';
import type { NewEvent } from '../../src/event-store/event-store.js';
import { openSqliteStore } from '../../src/event-store/sqlite/sqlite.js';

/** The day of the services on these folders. */
export const env = { TOPOUT_TODAY: '2018-07-10', TOPOUT_EXAMPLE: 'off' };

/** The people of the folder; Chen was erased before. */
export interface OldPeople {
  li: string;
  wang: string;
  chen: string;
  request: AccessRequest;
}

const at = (asOf: string, note?: string) =>
  ({ asOf, precision: 'day', source: { kind: 'inspection', ...(note ? { note } : {}) } }) as const;
const system = { asOf: '2018-07-10', precision: 'day', source: { kind: 'system' } } as const;

/**
 * Fills a data folder as an earlier version did: the texts of people are in clear in its events, all with the word `canary` and the
 * name of their author.
 *
 * @param more entries with a remark of Wang
 */
export async function fillAsBefore(dataPath: string, more = 0): Promise<OldPeople> {
  const { topout, close } = await compose(onData(readConfig(env), dataPath));
  const { access } = topout;
  const { person, key } = await access.found({ name: 'Ann' });
  const commander = access.admit(key, { kinds: ['key'] });
  if (typeof commander === 'string') throw new Error(commander);
  const request: AccessRequest = { by: person, verification: 'signed-in', commander };
  const add = async (name: string) => (await access.addPerson({ name }, request)).person;
  const people = { li: await add('Li'), wang: await add('Wang'), chen: await add('Chen'), request };
  const register = {
    type: 'RegisterProject',
    entry: at('2018-01-01'),
    data: { name: { en: 'Quay' } },
  } as const;
  await topout.execute('quay', register, { by: person, verification: 'signed-in' });
  const present = {
    type: 'MilestoneReached',
    entry: at('2018-05-01', 'canary-li sealed already'),
    data: { item: 'piles' },
  } as const;
  await topout.execute('quay', present, { by: people.li, verification: 'signed-in' });
  await access.erasePerson(people.chen, request);
  await close();
  const store = openSqliteStore(storePath(dataPath), { ...world, nextTurn });
  const append = async (stream: string, ...events: Omit<NewEvent, 'id'>[]) => {
    const named = events.map((event) => ({ id: randomUUID(), ...event }) as NewEvent);
    await store.append(stream, named, 'any');
    return named.map(({ id }) => id);
  };
  const signedIn = { verification: 'signed-in' } as const;
  const forecast = (by: string, who: string, latest: string): Omit<NewEvent, 'id'> => ({
    type: 'ForecastGiven',
    by,
    entry: {
      ...at('2018-06-30', `canary-${who} note`),
      ...signedIn,
      onBehalfOf: `canary-${who} builder`,
      attachments: [{ sha256: 'a'.repeat(64), name: `canary-${who}.jpg`, type: 'image/jpeg', bytes: 1 }],
    },
    data: { target: 'completion', latest, reason: { en: `canary-${who}  \u00a0reason` } },
  });
  const [given] = await append('project-quay', forecast(people.li, 'li', '2019-01-01'));
  const [second] = await append(
    'project-quay',
    forecast(people.wang, 'wang', '2019-02-01'),
    forecast(people.chen, 'chen', '2019-02-02'),
    forecast('Old Zhang', 'stated', '2019-02-03'),
  );
  await append('project-quay', {
    type: 'EntryWithdrawn',
    by: people.wang,
    entry: { ...at('2018-07-01'), ...signedIn },
    data: { entry: second ?? '', reason: 'canary-wang withdrawal' },
  });
  const alert = randomUUID();
  await append('alerts-quay', {
    type: 'AlertRaised',
    by: 'topout',
    entry: system,
    data: {
      alert,
      rule: 'forecast-slip',
      rulesVersion: 1,
      subject: { kind: 'target', id: 'completion' },
      severity: 'yellow',
      cause: 'schedule',
      since: '2018-06-30',
      anchor: `promise:${given} against:`,
      evidence: [given ?? ''],
      reason: { en: 'Late. Reason: canary-li reason', zh: '推迟。原因：canary-li reason' },
      clears: { en: 'A new plan.', zh: '新计划。' },
      opening: 1,
      of: { name: { en: 'Quay', zh: 'Quay' } },
    },
  });
  await append('alerts-quay', {
    type: 'AlertAcknowledged',
    by: people.wang,
    entry: { ...system, source: { kind: 'unstated' } },
    data: { alert, name: 'canary-wang himself', dueOn: '2018-08-01', note: 'canary-wang note' },
  });
  if (more > 0)
    await append(
      'project-quay',
      ...Array.from({ length: more }, (_, index) => ({
        type: 'MilestoneReached' as const,
        by: people.wang,
        entry: { ...at('2018-07-02', `canary-wang ${index}`), ...signedIn },
        data: { item: `slab-${index}` },
      })),
    );
  await store.close();
  return people;
}
