import type { Credential } from '../../../domain/access/access.js';
import type { CredentialKind, Limits } from '../../../domain/access/events.js';
import { type Rights, rightsBy } from '../../../domain/access/rights.js';
import type { Instant } from '../../../domain/values/days/calendar.js';
import type { World } from '../ports.js';
import { Idleness } from './idleness.js';
import { isSecretOf, keyParts } from './key-text.js';
import type { Roster } from './roster.js';

/** Who is signed in, by which credential, and what they may do with it. */
export interface Principal {
  person: string;
  credential: string;
  kind: CredentialKind;
  expiresAt: Instant;
  rights: Rights;
  /** Those of the credential. */
  limits?: Limits;
  /** For the browser of a session that is used now, if the one that it has is old. */
  mark?: string;
}

/** Why a credential signs nobody in; only its holder learns that it expired, was revoked or not used for too long. */
export type NotSignedIn = 'malformed' | 'unknown' | 'expired' | 'revoked' | 'idle';

/** How a credential is presented. */
export interface Presented {
  /** The kinds that are taken from where it was found. */
  kinds: readonly CredentialKind[];
  /** True for a request that nobody at the device asked for, such as one that refreshes a screen. */
  isUnattended?: boolean;
  /** When the session was last used, as its browser was told. */
  mark?: string | undefined;
}

/** Compared with a secret of which nothing is stored, so that it takes as long. */
const noHash = 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA';

/** Signs people in by their credentials; in memory, and as current as the roster. */
export class Principals {
  private readonly known = new Map<string, Principal>();
  /** The credential of each text that was right; as many as there are credentials. */
  private readonly proved = new Map<string, string>();
  /** The latest credential of each identity, by its hash. */
  private readonly identities = new Map<string, string>();
  private readonly idleness: Idleness;

  constructor(
    private readonly roster: Roster,
    private readonly world: Pick<World, 'now'>,
    markHash: (text: string) => string,
  ) {
    this.idleness = new Idleness(world, markHash);
    roster.changes$.subscribe(() => {
      this.known.clear();
      this.proved.clear();
      this.identities.clear();
      const now = world.now();
      this.idleness.keep((id) => {
        const session = this.credential(id);
        return session !== undefined && !session.revoked && session.expiresAt > now;
      });
    });
  }

  /** The principal of a credential as it was sent; or why there is none. */
  admit(text: string, { kinds, isUnattended = false, mark }: Presented): Principal | NotSignedIn {
    const credential = this.credentialOf(text);
    if (typeof credential === 'string') return credential;
    if (!kinds.includes(credential.kind)) return 'unknown';
    if (credential.kind !== 'session') return this.present(credential);
    this.idleness.believe(credential.credential, mark);
    const found = this.present(credential);
    if (typeof found === 'string' || isUnattended) return found;
    this.idleness.note(credential.credential);
    const renewed = this.idleness.renewed(credential.credential, mark);
    return renewed === undefined ? found : { ...found, mark: renewed };
  }

  /** The principal of an identity, by its hash. */
  identify(hash: string): Principal | NotSignedIn {
    if (this.identities.size === 0)
      for (const { credential, kind, hash } of Object.values(this.roster.present().credentials))
        if (kind === 'identity') this.identities.set(hash, credential);
    const credential = this.credential(this.identities.get(hash) ?? '');
    return credential ? this.present(credential) : 'unknown';
  }

  /** The principal of a credential that signed in before, as it is now; undefined once it has ended. */
  again(id: string): Principal | undefined {
    const credential = this.credential(id);
    const present = credential && this.present(credential);
    return typeof present === 'object' ? present : undefined;
  }

  /** The credential of a text, by its secret, or as one that was right before (docs/decisions/0151). */
  private credentialOf(text: string): Credential | 'malformed' | 'unknown' {
    const proved = this.credential(this.proved.get(text) ?? '');
    if (proved) return proved;
    const parts = keyParts(text);
    if (!parts) return 'malformed';
    const credential = this.credential(parts.credential);
    const isRight = isSecretOf(credential?.hash ?? noHash, parts.secret);
    if (!credential || !isRight) return 'unknown';
    this.proved.set(text, credential.credential);
    return credential;
  }

  private present(credential: Credential): Principal | NotSignedIn {
    const { credential: id, person, kind, expiresAt, limits, issued } = credential;
    if (credential.revoked) return 'revoked';
    if (expiresAt <= this.world.now()) return 'expired';
    if (kind === 'session' && this.idleness.isIdle(id, issued.at)) return 'idle';
    const known = this.known.get(id);
    if (known) return known;
    const rights = rightsBy(this.roster.present(), credential);
    const principal = { person, credential: id, kind, expiresAt, rights, ...(limits ? { limits } : {}) };
    this.known.set(id, principal);
    return principal;
  }

  private credential(id: string): Credential | undefined {
    const { credentials } = this.roster.present();
    return Object.hasOwn(credentials, id) ? credentials[id] : undefined;
  }
}
