import type { FactTable, Upcast } from '../project/facts/fact.js';
import { facts } from '../project/facts/facts.js';
import { plainByLanguage } from '../values/by-language.js';
import type { Instant } from '../values/days/calendar.js';
import { schemasOf } from './any-event.js';
import { type PersonalMembers, type PersonalTexts, personalMembersOf } from './personal-texts.js';

/** How stored events are upcast: the known schemas, and by type and old schema the upcast to the next one. */
export interface Reading {
  schemas: Readonly<Record<string, number>>;
  upcasts: Readonly<Record<string, Readonly<Record<number, Upcast>>>>;
  /** The members that hold what people write. */
  personal: PersonalMembers;
  /** Without it personal texts stay sealed. */
  texts?: PersonalTexts;
}

/** The data of a stored event in the current schema; or why this version cannot read it. */
export type Upcasted = { schema: number; data: Record<string, unknown> } | { unreadable: string };

/** How events are read, with the facts of a table. */
export function readingOf(table: FactTable): Reading {
  const upcasts: Record<string, Readonly<Record<number, Upcast>>> = {
    ProjectRegistered: { 1: detailsByLanguage },
    ProjectDescribed: { 1: detailsByLanguage },
    AlertRaised: {
      1: ({ of, ...data }) => ({ ...data, of: detailsByLanguage(of as Record<string, unknown>) }),
    },
    PlanAdopted: { 1: withoutChange, 2: withoutChange, 3: withoutChange },
    SubscriptionAdded: { 1: withUrlInClear },
    SubscriptionChanged: { 1: withUrlInClear },
  };
  for (const type of Object.keys(table)) upcasts[type] = table[type]?.upcasts ?? {};
  return { schemas: schemasOf(table), upcasts, personal: personalMembersOf(table) };
}

/** How the events of this version are read. */
export const readingNow: Reading = readingOf(facts);

/**
 * Schema 1 of a plan had no quantities, no storeys below ground and no `states`, schema 2 fewer stages of items, no
 * cancelled items and no `baseline`, schema 3 no targets of months; what they had is unchanged.
 */
function withoutChange(data: Record<string, unknown>): Record<string, unknown> {
  return data;
}

/** Schema 1 of the details of a project, and of those of its alerts, had plain texts. */
function detailsByLanguage(data: Record<string, unknown>): Record<string, unknown> {
  const details = { ...data };
  for (const member of ['owner', 'district', 'sector', 'phase'])
    if (typeof details[member] === 'string') details[member] = plainByLanguage(details[member]);
  return details;
}

/** Schema 1 of a subscription held the URL of a webhook unsealed; since schema 2 it is sealed. */
function withUrlInClear(data: Record<string, unknown>): Record<string, unknown> {
  const channel = data.channel as { kind?: unknown; url?: unknown };
  return channel.kind === 'webhook'
    ? { ...data, channel: { ...channel, url: { clear: channel.url } } }
    : data;
}

/**
 * Upcasts the data of a stored event from the schema in which it was written. Used wherever a projection runs.
 *
 * @param recordedAt when the event was recorded
 */
export function upcasted(
  type: string,
  schema: number,
  stored: Record<string, unknown>,
  recordedAt: Instant,
  reading: Reading = readingNow,
): Upcasted {
  const newest = Object.hasOwn(reading.schemas, type) ? (reading.schemas[type] as number) : 0;
  if (newest === 0) return { unreadable: `this version does not know its type, ${type}` };
  if (schema > newest) {
    return { unreadable: `${type} has schema ${schema} and this version knows ${newest}; use a newer one` };
  }
  let data = stored;
  for (let from = schema; from < newest; from += 1) {
    const upcast = reading.upcasts[type]?.[from];
    if (!upcast) return { unreadable: `there is no upcast of ${type} from schema ${from}` };
    data = upcast(data, recordedAt);
  }
  return { schema: newest, data };
}
