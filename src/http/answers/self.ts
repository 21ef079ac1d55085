import type { CredentialKind } from '../../../domain/access/events.js';
import type { Rights } from '../../../domain/access/rights.js';
import type { Instant } from '../../../domain/values/days/calendar.js';
import type { PersonAnswer } from '../../app/access/access.js';

/** The caller: everybody where the service is open to all, a person who signed in, or nobody. */
export interface Self extends Partial<PersonAnswer> {
  mode: 'open' | 'signed-in' | 'nobody';
  /** What the caller may do, and where: in any of these areas, of whose scopes all have to include the place. */
  permissions: Rights;
  /** What they signed in by. */
  signedInBy?: {
    /** Its public id. */
    credential: string;
    kind: CredentialKind;
  };
  /** When that ends. */
  until?: Instant;
  /** Nobody can sign in over this connection, because others could read it. */
  isOnOpenWire?: true;
  /** The host of the provider of identities by which people sign in, too; absent where there is none. */
  provider?: string;
}
