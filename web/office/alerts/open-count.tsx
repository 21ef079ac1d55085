import { Badge, VisuallyHidden } from '@mantine/core';
import { queryOptions, useQuery } from '@tanstack/react-query';
import type { AlertCount } from '../../../src/app/alerts/alerts.js';
import { ask } from '../../shared/ask.js';
import { numberWords } from '../../shared/figures.js';
import { useLanguage } from '../../shared/language.js';
import { happenings } from './happenings.js';
import { useAlertTexts } from './texts.js';

/** The query for the number of open alerts; events of alerts invalidate it. */
export const openCountQuery = queryOptions({
  queryKey: ['alerts', 'count'],
  queryFn: ({ signal }) =>
    ask<AlertCount>('/alerts/count', { status: 'open', after: happenings.position || undefined }, signal),
  refetchInterval: 60_000,
});

/** The number of open alerts, red if one of them is; shown in the navigation. */
export function OpenCount() {
  const say = useAlertTexts();
  const language = useLanguage();
  const { data } = useQuery(openCountQuery);
  if (!data || data.count === 0) return null;
  return (
    <>
      <Badge
        size="sm"
        ml={4}
        color={data.bySeverity.red > 0 ? 'red.9' : 'gray.8'}
        aria-hidden="true"
        data-testid="open-alerts"
      >
        {numberWords(data.count, language)}
      </Badge>
      <VisuallyHidden>{say('standing', { count: data.count })}</VisuallyHidden>
    </>
  );
}
