import { queryOptions } from '@tanstack/react-query';
import type { AlertNeeds } from '../../../../src/app/alerts/alerts.js';
import type { Localised } from '../../../../src/http/answers/language.js';
import { ask } from '../../../shared/ask.js';
import { happenings } from '../../alerts/happenings.js';

/** `GET /alerts/needs` */
export type NeedsAnswer = Localised<AlertNeeds>;

/** How many projects the first screen lists. */
export const needsListed = 6;

/** The query for the projects that need action now; events of alerts invalidate it. */
export const needsQuery = queryOptions({
  queryKey: ['alerts', 'needs'],
  queryFn: ({ signal }) =>
    ask<NeedsAnswer>(
      '/alerts/needs',
      { limit: needsListed, after: happenings.position || undefined },
      signal,
    ),
  refetchInterval: 60_000,
});
