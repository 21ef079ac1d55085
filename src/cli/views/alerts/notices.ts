import { bracketed } from '../../../../domain/values/punctuation.js';
import type { NoticesAnswer } from '../../client/answers.js';
import type { Client } from '../../client/client.js';
import { allSubscriptions, shortIds } from '../../input/ids.js';
import type { Language } from '../../terminal.js';
import { instant } from '../figures.js';
import { table } from '../table.js';
import { either, type Label, label, term } from '../words.js';

/** The name of each subscription, by its id. */
export async function subscriptionNames(client: Client): Promise<ReadonlyMap<string, string>> {
  const items = await allSubscriptions(client);
  return new Map(items.map(({ subscription, name }) => [subscription, name]));
}

/** Every attempt to notify of an alert: time, recipient and result. */
export function noticeTable(
  { items }: Pick<NoticesAnswer, 'items'>,
  names: ReadonlyMap<string, string>,
  language: Language,
): string {
  if (items.length === 0)
    return either(language, 'Nobody was notified by a subscription.', '没有通过订阅通知任何人。');
  const heads: Label[] = ['at', 'subscription', 'channel', 'attempt', 'outcome', 'why', 'next'];
  const short = shortIds(items.map(({ subscription }) => subscription));
  return table(
    heads.map((name) => ({
      head: name === 'why' ? either(language, 'Answer', '应答') : label(name, language),
      align: name === 'attempt' ? 'right' : 'left',
    })),
    items.map(({ at, subscription, channel, attempt, outcome, status, why, nextAt }) => [
      instant(at),
      bracketed(names.get(subscription) ?? '', short(subscription), language).trim(),
      term(channel, language),
      String(attempt),
      outcome === 'accepted' ? either(language, 'accepted', '已接收') : term(outcome, language),
      [status, why].filter((part) => part !== undefined).join(' '),
      nextAt === undefined ? '' : instant(nextAt),
    ]),
  );
}
