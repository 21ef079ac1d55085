import { Anchor, Button, Loader, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { ask } from '../../../shared/ask.js';
import { instantWords } from '../../../shared/figures.js';
import type { Language } from '../../../shared/language.js';
import { Failure } from '../../parts/failure.js';
import type { NoticesOfSubscriptionAnswer } from '../alert-answers.js';
import styles from '../alerts.module.css';
import { useProjects } from '../choices.js';
import { useAlertTexts } from '../texts.js';

/** The notices of a subscription, latest first: time, project and result. */
export function SubscriptionNotices({
  subscription,
  language,
}: {
  subscription: string;
  language: Language;
}) {
  const say = useAlertTexts();
  const projects = useProjects();
  const list = useInfiniteQuery({
    queryKey: ['subscriptions', 'notices', subscription],
    queryFn: ({ pageParam, signal }) =>
      ask<NoticesOfSubscriptionAnswer>(
        `/subscriptions/${subscription}/notices`,
        { limit: 20, cursor: pageParam },
        signal,
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next,
    // The stream has no event for a sent notice.
    refetchInterval: 10_000,
  });
  if (list.error) return <Failure error={list.error} onAgain={() => void list.refetch()} />;
  if (!list.data) return <Loader size="sm" mt="sm" role="progressbar" aria-label={say('loading')} />;
  const items = list.data.pages.flatMap((page) => page.items);
  if (items.length === 0)
    return (
      <Text size="sm" mt="sm">
        {say('toldNothing')}
      </Text>
    );
  return (
    <>
      <table className={styles.notices}>
        <thead>
          <tr>
            <th scope="col">{say('toldAt')}</th>
            <th scope="col">{say('toldOf')}</th>
            <th scope="col">{say('attempt')}</th>
            <th scope="col">{say('outcome')}</th>
          </tr>
        </thead>
        <tbody>
          {items.map(({ position, at, project, alerts, attempt, outcome, status, why, nextAt }) => (
            <tr key={position} data-outcome={outcome}>
              <td>{instantWords(at, language)}</td>
              <td>
                {alerts.map((alert, index) => (
                  <span key={alert}>
                    {index > 0 && ' · '}
                    <Anchor component={Link} href={`/alerts?alert=${alert}`} size="sm">
                      {projects.find(({ value }) => value === project)?.label ?? project}
                    </Anchor>
                  </span>
                ))}
              </td>
              <td>{attempt}</td>
              <td>
                {[say(outcome), status, why].filter(Boolean).join(' · ')}
                {nextAt && say('nextAt', { at: instantWords(nextAt, language) })}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {list.hasNextPage && (
        <Button size="xs" variant="default" mt="xs" onClick={() => void list.fetchNextPage()}>
          {say('more')}
        </Button>
      )}
    </>
  );
}
