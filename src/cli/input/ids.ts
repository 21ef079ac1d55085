import type { PageOf } from '../../app/queries/asked.js';
import { exitCodes } from '../../composition/exit-codes.js';
import type { AlertsPage, Subscription } from '../client/answers.js';
import type { Client } from '../client/client.js';
import { failure, usage } from '../client/failure.js';

const wholeId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const beginning = /^[0-9a-f][0-9a-f-]{5,35}$/;
const fewest = 8;

/**
 * The whole id of an alert from a prefix of at least 6 characters; a whole one is not looked up.
 *
 * @throws Failure it is a prefix of no id, or of several
 */
export async function alertIdOf(client: Client, typed: string): Promise<string> {
  return idOf(typed, 'alert', async () => {
    const { items } = await client.all<AlertsPage>('alerts');
    return items.map(({ alert }) => alert);
  });
}

/** The whole id of a subscription from a prefix, as for an alert. */
export async function subscriptionIdOf(client: Client, typed: string): Promise<string> {
  return idOf(typed, 'subscription', async () => {
    return (await allSubscriptions(client)).map(({ subscription }) => subscription);
  });
}

/** Every page of the list of subscriptions. */
export async function allSubscriptions(client: Client): Promise<Subscription[]> {
  return (await client.all<PageOf<Subscription>>('subscriptions')).items;
}

/** The shortest unique prefix of each id, of at least 8 characters. */
export function shortIds(ids: readonly string[]): (id: string) => string {
  const different = [...new Set(ids)];
  let length = fewest;
  while (new Set(different.map((id) => id.slice(0, length))).size < different.length) length++;
  return (id) => id.slice(0, length);
}

const whatWords = { alert: '预警', subscription: '订阅' };

async function idOf(
  typed: string,
  what: keyof typeof whatWords,
  all: () => Promise<string[]>,
): Promise<string> {
  const wanted = typed.trim().toLowerCase();
  if (wholeId.test(wanted)) return wanted;
  if (!beginning.test(wanted))
    throw usage({
      en: `"${typed}": expected the id of the ${what}, or at least the first 6 characters of it.`,
      zh: `“${typed}”：应为${whatWords[what]}的编号，或至少其前 6 位。`,
    });
  const found = (await all()).filter((id) => id.startsWith(wanted));
  if (found.length > 1)
    throw usage({
      en: `"${typed}" begins the ids of ${found.length} ${what}s: ${found.slice(0, 5).join(', ')}; expected more of it.`,
      zh: `以“${typed}”开头的${whatWords[what]}编号有 ${found.length} 个：${found.slice(0, 5).join('、')}；请多写几位。`,
    });
  const [only] = found;
  if (only !== undefined) return only;
  const detail = {
    en: `No ${what} has an id that begins with "${typed}"; expected one that "topout ${what}s" shows.`,
    zh: `没有编号以“${typed}”开头的${whatWords[what]}；应为“topout ${what}s”所列的编号。`,
  };
  throw failure(exitCodes.notFound, { en: `No such ${what}`, zh: `没有此${whatWords[what]}` }, detail);
}
