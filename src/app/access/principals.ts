import type { Credential } from '../../../domain/access/access.js';
import type { Limits } from '../../../domain/access/events.js';
import { type Rights, rightsBy } from '../../../domain/access/rights.js';
import type { World } from '../ports.js';
import { isSecretOf, keyParts } from './key-text.js';
import type { Roster } from './roster.js';

/** Who is signed in, by which credential, and what they may do with it. */
export interface Principal {
  person: string;
  credential: string;
  rights: Rights;
  /** Those of the credential. */
  limits?: Limits;
}

/** Why a credential signs nobody in; only its holder learns that it expired or was revoked. */
export type NotSignedIn = 'malformed' | 'unknown' | 'expired' | 'revoked';

/** Compared with a secret of which nothing is stored, so that it takes as long. */
const noHash = 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA';

/** Signs people in by their credentials; in memory, and as current as the roster. */
export class Principals {
  private readonly known = new Map<string, Principal>();

  constructor(
    private readonly roster: Roster,
    private readonly world: Pick<World, 'now'>,
  ) {
    roster.changes$.subscribe(() => this.known.clear());
  }

  /** The principal of a key as it was sent; or why there is none. */
  admit(text: string): Principal | NotSignedIn {
    const parts = keyParts(text);
    if (!parts) return 'malformed';
    const credential = this.credential(parts.credential);
    const isRight = isSecretOf(credential?.hash ?? noHash, parts.secret);
    if (!credential || !isRight) return 'unknown';
    return this.present(credential);
  }

  /** The principal of a credential that signed in before, as it is now; undefined once it has ended. */
  again(id: string): Principal | undefined {
    const credential = this.credential(id);
    const present = credential && this.present(credential);
    return typeof present === 'object' ? present : undefined;
  }

  private present(credential: Credential): Principal | NotSignedIn {
    if (credential.revoked) return 'revoked';
    if (credential.expiresAt <= this.world.now()) return 'expired';
    const { credential: id, person, limits } = credential;
    const known = this.known.get(id);
    if (known) return known;
    const rights = rightsBy(this.roster.present(), credential);
    const principal = { person, credential: id, rights, ...(limits ? { limits } : {}) };
    this.known.set(id, principal);
    return principal;
  }

  private credential(id: string): Credential | undefined {
    const { credentials } = this.roster.present();
    return Object.hasOwn(credentials, id) ? credentials[id] : undefined;
  }
}
