import type { Access } from '../../app/access/access.js';
import type { Self } from '../answers/self.js';
import { type Caller, rightsOf } from './caller.js';

/** The caller of a request, as they are shown to themselves. */
export function selfAnswer(access: Pick<Access, 'self'>, caller: Caller): Self {
  const { kind: mode } = caller;
  const permissions = rightsOf(caller);
  if (caller.kind === 'nobody' && caller.isOnOpenWire) return { mode, permissions, isOnOpenWire: true };
  if (caller.kind !== 'signed-in') return { mode, permissions };
  const { credential, by, expiresAt } = caller;
  return {
    mode,
    ...access.self(caller),
    permissions,
    signedInBy: { credential, kind: by },
    until: expiresAt,
  };
}
