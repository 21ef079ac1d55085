import { Anchor, Button, Group, Loader, Text, Title } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { Link } from 'wouter';
import type { AlertCount } from '../../../src/app/alerts/alerts.js';
import { ask } from '../../shared/ask.js';
import { useLanguage } from '../../shared/language.js';
import { useParameters } from '../../shared/place.js';
import { Failure } from '../parts/failure.js';
import { TakeAlong } from '../take-along/take-along.js';
import { useToday } from '../use/today.js';
import type { AlertShown, AlertsAnswer, Happening } from './alert-answers.js';
import { AlertCard } from './alert-card.js';
import styles from './alerts.module.css';
import { AlertFilters, filterIn, noFilter } from './filters.js';
import { happenings } from './happenings.js';
import { NotificationChoice } from './notification-choice.js';
import { alertsSheet, allAlerts } from './sheet.js';
import { StreamState } from './stream-state.js';
import { useAlertTexts } from './texts.js';

const freshMs = 6_000;

/** The current alerts, open ones first; changes are highlighted for a while. */
export default function Alerts() {
  const say = useAlertTexts();
  const language = useLanguage();
  const today = useToday();
  const [parameters, change] = useParameters();
  const filter = filterIn(parameters);
  const opened = parameters.get('alert') ?? undefined;
  const fresh = useFresh();
  const list = useInfiniteQuery({
    queryKey: ['alerts', 'list', language, filter],
    queryFn: ({ pageParam, signal }) =>
      ask<AlertsAnswer>(
        '/alerts',
        { ...filter, cursor: pageParam, after: happenings.position || undefined },
        signal,
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next,
    placeholderData: (before) => before,
  });
  const count = useQuery({
    queryKey: ['alerts', 'count', filter],
    queryFn: ({ signal }) =>
      ask<AlertCount>('/alerts/count', { ...filter, after: happenings.position || undefined }, signal),
    placeholderData: (before) => before,
  });
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  const isElsewhere = opened !== undefined && list.isSuccess && !items.some(({ alert }) => alert === opened);
  const linked = useQuery({
    queryKey: ['alerts', 'one', opened, language],
    queryFn: ({ signal }) => ask<AlertShown>(`/alerts/${opened}`, {}, signal),
    enabled: isElsewhere,
  });
  const shown = isElsewhere && linked.data ? [linked.data, ...items] : items;
  const isFiltered = Object.values(filter).some((value) => value !== undefined);
  return (
    <>
      <Group justify="space-between" align="baseline" mb="xs">
        <Group align="baseline" gap="md">
          <Title order={2} size="h4">
            {say('title')}
          </Title>
          {count.data && <Text size="sm">{say('shown', { count: count.data.count })}</Text>}
        </Group>
        <Group gap="sm">
          {items.length > 0 && (
            <TakeAlong
              what={say('title')}
              name={`alerts-${today}`}
              table={async () => alertsSheet(await allAlerts(filter), say, language)}
            />
          )}
          <StreamState />
          <NotificationChoice />
          <Anchor component={Link} href="/subscriptions" size="sm">
            {say('subscriptions')}
          </Anchor>
        </Group>
      </Group>
      <AlertFilters filter={filter} change={change} />
      {list.error && <Failure error={list.error} onAgain={() => void list.refetch()} />}
      {linked.error && <Failure error={linked.error} onAgain={() => void linked.refetch()} />}
      {list.isPending && <Loader role="progressbar" aria-label={say('loading')} />}
      {list.isSuccess && items.length === 0 && (
        <Group>
          <Text>{say(isFiltered ? 'none' : 'noneAtAll')}</Text>
          {isFiltered && (
            <Button size="xs" variant="default" onClick={() => change(noFilter)}>
              {say('clear')}
            </Button>
          )}
        </Group>
      )}
      <ul className={styles.list}>
        {shown.map((alert) => (
          <AlertCard
            key={alert.alert}
            alert={alert}
            isOpen={alert.alert === opened}
            isFresh={fresh.has(alert.alert)}
            today={today}
            onToggle={() => change({ alert: alert.alert === opened ? undefined : alert.alert })}
          />
        ))}
      </ul>
      {list.hasNextPage && (
        <Button variant="default" mt="sm" onClick={() => void list.fetchNextPage()}>
          {say('more')}
        </Button>
      )}
    </>
  );
}

/** The alerts that changed a moment ago. */
function useFresh(): ReadonlySet<string> {
  const [fresh, setFresh] = useState<readonly Happening[]>([]);
  useEffect(
    () =>
      happenings.hear((happened) => {
        if (happened === 'reset') return;
        const changed = new Set(happened);
        setFresh((all) => [...all, ...happened]);
        setTimeout(() => setFresh((all) => all.filter((one) => !changed.has(one))), freshMs);
      }),
    [],
  );
  return new Set(fresh.map(({ alert }) => alert.alert));
}
