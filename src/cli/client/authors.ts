import {
  type Authored,
  authorWords,
  namesById,
  type PeopleNames,
  type PersonName,
} from '../../../projections/words/author-words.js';
import type { Language } from '../terminal.js';
import type { Client } from './client.js';
import { Failure } from './failure.js';

/** Puts names in the place of ids: of what somebody recorded, only the author changes. */
export type WithAuthors = <One extends Authored>(one: One) => One;

/** How authors are shown: by the names that the caller may know, and as stated where there are none. */
export async function authorsOf(client: Client, language: Language): Promise<WithAuthors> {
  const names = await namesOf(client);
  return (one) => ({ ...one, by: authorWords(one, names)[language] });
}

/** The same for adopted versions, the first of which comes with Topout. */
export async function adoptersOf(
  client: Client,
  language: Language,
): Promise<<One extends { by: string | null }>(one: One) => One> {
  const author = await authorsOf(client, language);
  return (one) => (one.by === null ? one : { ...one, by: author({ by: one.by }).by });
}

async function namesOf(client: Client): Promise<PeopleNames> {
  try {
    return namesById((await client.get<{ items: PersonName[] }>('people/names')).body.items);
  } catch (error) {
    // A service of an earlier version has no such list; ids are shown then.
    if (error instanceof Failure) return namesById([]);
    throw error;
  }
}
