import type { EntryMetadata } from '../../domain/project/events.js';
import { omitUndefined } from '../../domain/values/omit-undefined.js';
import { isUuid } from '../../domain/values/uuid.js';
import type { Words } from '../../domain/values/words.js';

/** Who recorded something, and for whom. */
export interface Authored extends Pick<EntryMetadata, 'verification' | 'onBehalfOf'> {
  /** The id of the person who signed in, or the name that was stated. */
  by: string;
}

/** A person as readers see them. */
export interface PersonName {
  person: string;
  /** Absent for one who was removed, and where the names of the installation are not at hand. */
  name?: string;
  isRemoved?: true;
  /** The name is sealed with keys that the replica does not have. */
  isUnreadable?: true;
}

/** The people of whom a reader may know, by id; empty in an open installation. */
export type PeopleNames = ReadonlyMap<string, PersonName>;

/** Writers that are no people. */
const systems: Readonly<Record<string, Words>> = {
  topout: { en: 'topout', zh: 'topout' },
  machine: { en: 'at the machine', zh: '在本机' },
};

/** The names of people in an answer, by their id. */
export function namesById(people: readonly PersonName[]): PeopleNames {
  return new Map(people.map((one) => [one.person, one]));
}

/** Who recorded an event, and for whom. */
export function authorOf({ by, entry }: { by: string; entry: EntryMetadata }): Authored {
  const { verification, onBehalfOf } = entry;
  return omitUndefined({ by, verification, onBehalfOf });
}

/**
 * Who recorded something: the name of the person who signed in, or the name that was stated; and for whom.
 *
 * A stated name is marked once the installation has people, because nobody checked it.
 */
export function authorWords({ by, verification, onBehalfOf }: Authored, names: PeopleNames): Words {
  const author = namedWords(by, verification, names);
  if (onBehalfOf === undefined) return author;
  return { en: `${author.en}, on behalf of ${onBehalfOf}`, zh: `${author.zh}（代${onBehalfOf}填报）` };
}

/** A person whose name is sealed with keys that the replica does not have. */
function unreadableWords(person: string): Words {
  const id = person.slice(-8);
  return { en: `person ${id} (name unreadable on this replica)`, zh: `人员 ${id}（此副本无法读取姓名）` };
}

/** In place of the name of somebody who was removed. */
export const removedPersonWords: Words = { en: 'removed person', zh: '已移除人员' };

function namedWords(by: string, verification: Authored['verification'], names: PeopleNames): Words {
  const known = names.get(by);
  if (known?.isRemoved) return removedPersonWords;
  if (known?.name !== undefined) return { en: known.name, zh: known.name };
  if (known?.isUnreadable) return unreadableWords(by);
  if (known || verification === 'signed-in' || isUuid(by))
    return { en: `person ${by.slice(-8)}`, zh: `人员 ${by.slice(-8)}` };
  const system = Object.hasOwn(systems, by) ? systems[by] : undefined;
  if (system) return system;
  const stated = by === 'anonymous' ? { en: 'anonymous', zh: '未署名' } : { en: by, zh: by };
  if (names.size === 0) return stated;
  return { en: `${stated.en} (stated, not signed in)`, zh: `${stated.zh}（自报，未登录）` };
}
