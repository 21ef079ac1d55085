import { schemas } from './any-event.js';

/** Makes the data of one schema out of that of the schema before. */
type Lift = (data: Record<string, unknown>) => Record<string, unknown>;

/** How stored events become today's: the schemas known, and by type and old schema the lift to the next one. */
export interface Reading {
  schemas: Readonly<Record<string, number>>;
  lifts: Readonly<Record<string, Readonly<Record<number, Lift>>>>;
}

/** What a stored event says, in today's schema; or why this version cannot read it. */
export type Lifted = { schema: number; data: Record<string, unknown> } | { unreadable: string };

const today: Reading = {
  schemas,
  lifts: { SubscriptionAdded: { 1: withUrlInClear }, SubscriptionChanged: { 1: withUrlInClear } },
};

/** Schema 1 of a subscription held the URL of a webhook as it is; from schema 2 on it is sealed. */
function withUrlInClear(data: Record<string, unknown>): Record<string, unknown> {
  const channel = data.channel as { kind?: unknown; url?: unknown };
  return channel.kind === 'webhook'
    ? { ...data, channel: { ...channel, url: { clear: channel.url } } }
    : data;
}

/** Lifts the data of a stored event from the schema in which it was written. Every home of a projection reads by this. */
export function lifted(
  type: string,
  schema: number,
  stored: Record<string, unknown>,
  reading: Reading = today,
): Lifted {
  const newest = Object.hasOwn(reading.schemas, type) ? (reading.schemas[type] as number) : 0;
  if (newest === 0) return { unreadable: `this version does not know its type, ${type}` };
  if (schema > newest) {
    return { unreadable: `${type} has schema ${schema} and this version knows ${newest}; use a newer one` };
  }
  let data = stored;
  for (let from = schema; from < newest; from += 1) {
    const lift = reading.lifts[type]?.[from];
    if (!lift) return { unreadable: `there is no lift of ${type} from schema ${from}` };
    data = lift(data);
  }
  return { schema: newest, data };
}
