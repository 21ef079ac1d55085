import type { Access } from '../../app/access/access.js';
import type { IdentityProvider } from '../../app/access/identity-provider.js';
import type { Self } from '../answers/self.js';
import { RequestRefused } from '../problems/faults.js';
import { type Caller, rightsOf } from './caller.js';
import { whyNot } from './sign-in-faults.js';

/** Shows callers to themselves. */
export class SelfView {
  constructor(
    private readonly access: Pick<Access, 'self' | 'again'>,
    private readonly provider: Pick<IdentityProvider, 'issuer'> | undefined,
  ) {}

  /** The caller of a request. */
  of(caller: Caller): Self {
    const { kind: mode } = caller;
    const permissions = rightsOf(caller);
    if (caller.kind === 'nobody' && caller.isOnOpenWire) return { mode, permissions, isOnOpenWire: true };
    const provider = this.provider ? { provider: new URL(this.provider.issuer).host } : {};
    if (caller.kind !== 'signed-in') return { mode, permissions, ...provider };
    const { credential, by, expiresAt } = caller;
    return {
      mode,
      ...this.access.self(caller),
      permissions,
      signedInBy: { credential, kind: by },
      until: expiresAt,
      ...provider,
    };
  }

  /** Who signs in by a credential that was just made. @throws RequestRefused it has ended meanwhile */
  by(credential: string): Self {
    const principal = this.access.again(credential);
    if (!principal) throw new RequestRefused([whyNot.revoked]);
    return this.of({ ...principal, kind: 'signed-in', by: principal.kind });
  }
}
