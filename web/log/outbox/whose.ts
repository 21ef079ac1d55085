import type { Known } from '../../shared/self.js';
import type { Entry, Owner } from './entry.js';

/**
 * Whose an entry is that is not recorded yet: of the person who is signed in here now; of another one; of one who has to
 * sign in again; or logged before anybody signed in. Only own entries are sent.
 */
export type Whose = 'own' | 'foreign' | 'signed-out' | 'unsigned';

export function whoseIs({ owner }: Pick<Entry, 'owner'>, self: Known['self'] | undefined): Whose {
  if (!self || self.mode === 'open') return 'own';
  if (!owner) return 'unsigned';
  if (self.mode === 'nobody') return 'signed-out';
  return owner.person === self.person ? 'own' : 'foreign';
}

/** What is known of who logged an entry, for readers. */
function loggedBy({ owner, by }: Pick<Entry, 'owner' | 'by'>): string | undefined {
  return owner?.name ?? by;
}

/**
 * An entry as somebody enters it for who logged it: its author is who enters it. It keeps its id, so that one that had
 * arrived is not recorded twice.
 */
export function enteredFor({ by, owner, ...entry }: Entry, self: Owner): Entry {
  const whom = loggedBy({ by, owner });
  const fact = whom === undefined || whom === self.name ? entry.fact : { ...entry.fact, onBehalfOf: whom };
  return { ...entry, owner: self, fact };
}
