import { request } from 'undici';
import { permissionsOf } from '../../domain/access/roles.js';
import type { Somebody, TwoDistricts } from '../access/two-districts.js';

/** How long an event of the past may take to come, in milliseconds. */
const patienceMs = 5_000;

/**
 * Reads the stream of alerts from its beginning as each person who may, until the alert of their own district comes: that of
 * the other one was raised before it.
 *
 * @returns how many got an alert that is out of their reach, or did not get their own
 */
export async function streamLeaks(world: TwoDistricts): Promise<number> {
  await world.closed.listen(0, '127.0.0.1');
  const at = (await world.closed.getUrl()).replace('[::1]', '127.0.0.1');
  const readers = world.somebody.filter(({ role }) => role && permissionsOf(role).includes('project-read'));
  const wrong = await Promise.all(readers.map((reader) => readsOtherwise(at, world, reader)));
  for (const name of wrong.filter((name) => name !== undefined))
    console.error(`leaks: the stream of ${name}`);
  return wrong.filter((name) => name !== undefined).length;
}

async function readsOtherwise(
  at: string,
  { alerts }: TwoDistricts,
  reader: Somebody,
): Promise<string | undefined> {
  const ending = AbortSignal.timeout(patienceMs);
  let text = '';
  try {
    const { body } = await request(`${at}/alerts/stream?after=0`, {
      headers: { authorization: `Bearer ${reader.key}` },
      signal: ending,
    });
    for await (const chunk of body) {
      text += String(chunk);
      if (text.includes(alerts.own)) break;
    }
  } catch (error) {
    if (!ending.aborted) throw error;
  }
  const isRight = text.includes(alerts.own) && text.includes(alerts.foreign) === reader.isEverywhere;
  return isRight ? undefined : reader.name;
}
