import { queryOptions } from '@tanstack/react-query';
import type { RulesVersion } from '../../../src/app/governance/governance.js';
import { ask } from '../../shared/ask.js';

/** How the rules in force are asked for. */
export const rulesQuery = queryOptions({
  queryKey: ['rules'],
  queryFn: ({ signal }) => ask<RulesVersion>('/rules', {}, signal),
});
