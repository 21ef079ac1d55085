import type { AccessState } from '../../../domain/access/access.js';
import type { AccessCommand } from '../../../domain/access/commands.js';
import { mostKeyDays } from '../../../domain/access/credentials.js';
import { requireLimitsHeld } from '../../../domain/access/key-limits.js';
import { msPerDay } from '../../../domain/values/days/durations.js';
import { omitUndefined } from '../../../domain/values/omit-undefined.js';
import type { AccessRequest, KeyAsked, KeyIssued, LinkIssued } from './access.js';
import type { AccessWritten } from './access-log.js';
import { linkMs } from './founding.js';
import type { Identity } from './identity-provider.js';
import type { About } from './in-sight.js';
import { type CredentialPorts, newCredential } from './new-credential.js';

interface IssuingNeeds {
  ports: CredentialPorts;
  /** A keyed hash of an identity. */
  identityHash(identity: Identity): string;
  /** Records a command, if its commander may give it. */
  write(command: AccessCommand, request: AccessRequest, about: About): Promise<AccessWritten>;
}

/** Issues what people sign in by: keys, sign-in links, and ties to identities. */
export class IssuedCredentials {
  constructor(private readonly needs: IssuingNeeds) {}

  async issueKey(person: string, { days, limits }: KeyAsked, request: AccessRequest): Promise<KeyIssued> {
    const { ports, write } = this.needs;
    const { credential, text } = newCredential({ kind: 'key', person }, days * msPerDay, ports);
    const asked = omitUndefined({ ...credential, limits });
    await write({ type: 'IssueCredential', credential: asked, at: ports.world.now() }, request, {
      person,
      scope: limits?.scope,
      check: (state, _, placeOf) => requireLimitsHeld(limits ?? {}, state, person, placeOf),
    });
    return { credential: credential.credential, key: text, expiresAt: credential.expiresAt };
  }

  async issueLink(person: string, request: AccessRequest): Promise<LinkIssued> {
    const { ports, write } = this.needs;
    const { credential, text } = newCredential({ kind: 'link', person }, linkMs, ports);
    await write({ type: 'IssueCredential', credential, at: ports.world.now() }, request, { person });
    return { link: text, expiresAt: credential.expiresAt };
  }

  /** @returns the state that has the tie */
  async tieIdentity(person: string, identity: Identity, request: AccessRequest): Promise<AccessState> {
    const { ports, write, identityHash } = this.needs;
    const { credential } = newCredential({ kind: 'identity', person }, mostKeyDays * msPerDay, ports);
    const tied = { ...credential, hash: identityHash(identity) };
    const command = { type: 'IssueCredential', credential: tied, at: ports.world.now() } as const;
    return (await write(command, request, { person })).state;
  }
}
