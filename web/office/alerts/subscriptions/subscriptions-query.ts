import { queryOptions } from '@tanstack/react-query';
import { ask } from '../../../shared/ask.js';
import type { SubscriptionShown, SubscriptionsAnswer } from '../alert-answers.js';

/** The query for all subscriptions, oldest first. */
export const subscriptionsQuery = queryOptions({
  queryKey: ['subscriptions', 'all'],
  queryFn: async ({ signal }) => {
    const all: SubscriptionShown[] = [];
    let cursor: string | undefined;
    do {
      const page: SubscriptionsAnswer = await ask('/subscriptions', { limit: 500, cursor }, signal);
      all.push(...page.items);
      cursor = page.next;
    } while (cursor !== undefined);
    return all;
  },
});
