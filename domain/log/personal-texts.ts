import type { EntryMetadata, SealedText } from '../project/events.js';
import type { FactTable } from '../project/facts/fact.js';
import type { Words } from '../values/words.js';

/**
 * The members of the data of events that a person writes in their own words, by type; with the kind of their texts. Facts state theirs
 * in their descriptors (`isPersonal`).
 */
export type PersonalMembers = Readonly<Record<string, Readonly<Record<string, 'text' | 'text-by-language'>>>>;

const ofOtherEvents: PersonalMembers = {
  // Of the system; earlier versions copied the reason of a forecast into it.
  AlertRaised: { reason: 'text-by-language' },
  AlertEscalated: { reason: 'text-by-language' },
  AlertRevised: { reason: 'text-by-language' },
  EntryWithdrawn: { reason: 'text' },
  ContradictionExplained: { reason: 'text' },
  AlertAcknowledged: { name: 'text', note: 'text' },
  AlertSilenced: { reason: 'text' },
};

/** The personal members of the data of all events, with the facts of a table. */
export function personalMembersOf(table: FactTable): PersonalMembers {
  const members: Record<string, Record<string, 'text' | 'text-by-language'>> = {};
  for (const type of Object.keys(table)) {
    const shape = table[type]?.shape ?? {};
    for (const name of Object.keys(shape)) {
      const member = shape[name];
      if (!member?.isPersonal || (member.kind !== 'text' && member.kind !== 'text-by-language')) continue;
      members[type] = { ...members[type], [member.storedAs ?? name]: member.kind };
    }
  }
  return { ...ofOtherEvents, ...members };
}

/** Seals and opens the personal texts of events by the keys of their authors. */
export interface PersonalTexts {
  /** Undefined where nothing is sealed: the author is no person who signs in. */
  seal(by: string, about: TextPlace, text: string): SealedText | undefined;
  /** The text, or why it cannot be opened. */
  open(about: TextPlace, sealed: SealedText): { text: string } | Unopened;
}

/** What a sealed text is bound to: its event, and its place there. */
export interface TextPlace {
  id: string;
  type: string;
  /** Such as `source.note` of the metadata, or `data.reason`. */
  path: string;
}

/** The key was destroyed with what is known of the person; or it is not in this vault. */
type Unopened = 'erased' | 'sealed';

/** What is shown in place of a text that cannot be opened. */
const unopenedWords: Readonly<Record<Unopened, Words>> = {
  erased: { en: '[erased]', zh: '[已删除]' },
  sealed: { en: '[sealed, no key here]', zh: '[已加密，此处无密钥]' },
};

type Json = Record<string, unknown>;

interface Parts {
  id: string;
  type: string;
  by: string;
  data: object;
  entry: EntryMetadata;
}

/** The same event with its personal texts sealed, in `entry.sealed`; itself if it has none, or its author has no key. */
export function withSealedTexts<Event extends Parts>(
  event: Event,
  members: PersonalMembers,
  { seal }: Pick<PersonalTexts, 'seal'>,
): Event {
  const { source, onBehalfOf, attachments } = event.entry;
  const note = 'note' in source ? source.note : undefined;
  const ofType = Object.hasOwn(members, event.type) ? members[event.type] : undefined;
  if (!ofType && note === undefined && onBehalfOf === undefined && attachments === undefined) return event;
  const { id, type, by } = event;
  const sealed: Record<string, SealedText> = {};
  const isSealed = (path: string, value: unknown): boolean => {
    const one = value === undefined ? undefined : seal(by, { id, type, path }, JSON.stringify(value));
    if (one) sealed[path] = one;
    return one !== undefined;
  };
  const entry: Json = { ...event.entry };
  if (isSealed('onBehalfOf', onBehalfOf)) delete entry.onBehalfOf;
  if (isSealed('source.note', note)) entry.source = without(source as unknown as Json, 'note');
  if (attachments?.length)
    entry.attachments = attachments.map((one, index) =>
      isSealed(`attachments.${index}.name`, one.name) ? without(one as unknown as Json, 'name') : one,
    );
  const data: Json = { ...event.data };
  for (const name of Object.keys(ofType ?? {})) if (isSealed(`data.${name}`, data[name])) delete data[name];
  if (Object.keys(sealed).length === 0) return event;
  return { ...event, entry: { ...entry, sealed: { ...event.entry.sealed, ...sealed } }, data };
}

/** The metadata and the data of a stored event with its texts opened; those that cannot be are replaced by words that say so. */
export function withOpenedTexts<Data extends object>(
  { id, type, entry, data }: Pick<Parts, 'id' | 'type' | 'entry'> & { data: Data },
  members: PersonalMembers,
  texts: Pick<PersonalTexts, 'open'> | undefined,
): { entry: EntryMetadata; data: Data } {
  const { sealed, ...rest } = entry;
  if (sealed === undefined) return { entry, data };
  let opened = rest as unknown as Json;
  let said = data as Json;
  for (const path of Object.keys(sealed)) {
    const found = texts ? texts.open({ id, type, path }, sealed[path] as SealedText) : 'sealed';
    const [first = '', second = '', third] = path.split('.');
    const kind = first === 'data' && Object.hasOwn(members, type) ? members[type]?.[second] : undefined;
    const value = typeof found === 'string' ? inPlaceOf(found, kind) : (JSON.parse(found.text) as unknown);
    if (first === 'data') said = withMember(said, second, value);
    else if (third !== undefined) {
      const list = [...(opened[first] as Json[])];
      list[Number(second)] = withMember(list[Number(second)] ?? {}, third, value);
      opened = withMember(opened, first, list);
    } else if (second !== '')
      opened = withMember(opened, first, withMember(opened[first] as Json, second, value));
    else opened = withMember(opened, first, value);
  }
  return { entry: opened as unknown as EntryMetadata, data: said as Data };
}

/** In both languages where the text is of no language. */
function inPlaceOf(why: Unopened, kind: 'text' | 'text-by-language' | undefined): unknown {
  const words = unopenedWords[why];
  return kind === 'text-by-language' ? { ...words } : `${words.en} ${words.zh}`;
}

function without(object: Json, name: string): Json {
  const { [name]: _, ...rest } = object;
  return rest;
}

/** With one more member, all in the order of the stored form, so that every reader gets the same order. */
function withMember(object: Json, name: string, value: unknown): Json {
  const all: Json = { ...object, [name]: value };
  const sorted: Json = {};
  for (const key of Object.keys(all).sort()) sorted[key] = all[key];
  return sorted;
}
