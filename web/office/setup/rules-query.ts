import { queryOptions } from '@tanstack/react-query';
import type { LexiconVersion, RulesVersion } from '../../../src/app/governance/governance.js';
import { ask } from '../../shared/ask.js';

/** The query for the rules in force. */
export const rulesQuery = queryOptions({
  queryKey: ['rules'],
  queryFn: ({ signal }) => ask<RulesVersion>('/rules', {}, signal),
});

/** The query for the lexicon in force. */
export const lexiconQuery = queryOptions({
  queryKey: ['lexicon'],
  queryFn: ({ signal }) => ask<LexiconVersion>('/lexicon', {}, signal),
});
