import { useCallback } from 'react';
import type { Permission } from '../../../domain/access/permissions.js';
import type { Place } from '../../../domain/access/scope.js';
import { may, useKnownSelf, useSelf } from '../../shared/self.js';

export { useSelf };

/**
 * Says whether the user has a permission: at a place (`{}` is the whole installation), or anywhere. Until it is known who
 * they are, they have it: the page of an open installation is not built twice. Once a sign-in has ended by itself, it is
 * what that person had: the screen under the sign-in stays, with what was typed there.
 */
export type May = (permission: Permission, place?: Place) => boolean;

export function useMay(): May {
  const { self, before } = useKnownSelf() ?? {};
  const permissions = (self?.mode === 'nobody' && before?.permissions) || self?.permissions;
  return useCallback(
    (permission, place) => permissions === undefined || may({ permissions }, permission, place),
    [permissions],
  );
}
