import { useCallback } from 'react';
import type { Permission } from '../../../domain/access/permissions.js';
import type { Place } from '../../../domain/access/scope.js';
import { may, useSelf } from '../../shared/self.js';

export { useSelf };

/**
 * Says whether the user has a permission: at a place (`{}` is the whole installation), or anywhere. Until it is known who
 * they are, they have it: the page of an open installation is not built twice.
 */
export type May = (permission: Permission, place?: Place) => boolean;

export function useMay(): May {
  const self = useSelf();
  return useCallback((permission, place) => self === undefined || may(self, permission, place), [self]);
}
