import type { NewCredential } from '../../../domain/access/commands.js';
import { instantAfter } from '../../../domain/values/days/calendar.js';
import type { World } from '../ports.js';
import { hashOf, keyText, publicId, secretBytes } from './key-text.js';

/** What makes a new credential. */
export interface CredentialPorts {
  world: Pick<World, 'now'>;
  /** Random bytes for a new secret, in base64. */
  newSecret(bytes: number): string;
}

/**
 * Makes a credential: what is recorded of it, and the text that its holder gets once.
 *
 * @param forMs for how long it signs in, in milliseconds
 */
export function newCredential(
  { kind, person }: Pick<NewCredential, 'kind' | 'person'>,
  forMs: number,
  { world, newSecret }: CredentialPorts,
): { credential: NewCredential; text: string } {
  const credential = publicId(newSecret(16));
  const secret = Buffer.from(newSecret(secretBytes), 'base64').toString('base64url');
  const expiresAt = instantAfter(world.now(), forMs);
  return {
    credential: { credential, kind, person, hash: hashOf(secret), expiresAt },
    text: keyText({ credential, secret }),
  };
}
