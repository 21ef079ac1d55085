import { Anchor, Button, Loader, Group as Row, Text, TextInput, Title } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useState } from 'react';
import { Link } from 'wouter';
import { ruleWords } from '../../../projections/alerts/happening-words.js';
import type { AlertCount } from '../../../src/app/alerts/alerts.js';
import { ask } from '../../shared/ask.js';
import { useLanguage } from '../../shared/language.js';
import { useParameters } from '../../shared/place.js';
import { Failure } from '../parts/failure.js';
import { TakeAlong } from '../take-along/take-along.js';
import { useMay } from '../use/self.js';
import { useToday } from '../use/today.js';
import type { AlertShown, AlertsAnswer, Happening } from './alert-answers.js';
import { happenings } from './happenings.js';
import { AlertCard, placeOf } from './list/alert-card.js';
import { Group } from './list/alert-group.js';
import { BulkBar } from './list/bulk-bar.js';
import { AlertFilters, filterIn, noFilter } from './list/filters.js';
import { groupsOf, isAbout } from './list/groups.js';
import styles from './list/list.module.css';
import { NotificationChoice } from './notification-choice.js';
import { alertsSheet, allAlerts } from './sheet.js';
import { StreamState } from './stream-state.js';
import { useAlertTexts } from './texts.js';

const freshMs = 6_000;
const pageSize = 200;

/** The current alerts, open ones first; changes are highlighted for a while. */
export default function Alerts() {
  const say = useAlertTexts();
  const language = useLanguage();
  const today = useToday();
  const [parameters, change] = useParameters();
  const filter = filterIn(parameters);
  const search = (parameters.get('find') ?? '').trim();
  const opened = parameters.get('alert') ?? undefined;
  const fresh = useFresh();
  const list = useInfiniteQuery({
    queryKey: ['alerts', 'list', language, filter],
    queryFn: ({ pageParam, signal }) =>
      ask<AlertsAnswer>(
        '/alerts',
        { ...filter, limit: pageSize, cursor: pageParam, after: happenings.position || undefined },
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
  const found =
    search === '' ? items : items.filter((alert) => isAbout(alert, search, ruleWords[alert.rule][language]));
  const shown = isElsewhere && linked.data ? [linked.data, ...found] : found;
  const isFiltered = search !== '' || Object.values(filter).some((value) => value !== undefined);
  // A search is over all alerts, so their pages are loaded while there is one.
  const { hasNextPage, isFetchingNextPage, isError, fetchNextPage } = list;
  const isSearching = search !== '' && hasNextPage && !isError;
  useEffect(() => {
    if (isSearching && !isFetchingNextPage) void fetchNextPage();
  }, [isSearching, isFetchingNextPage, fetchNextPage]);
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const choose = (alerts: readonly string[], isChosen: boolean) =>
    setSelected((before) => {
      const after = new Set(before);
      for (const alert of alerts) isChosen ? after.add(alert) : after.delete(alert);
      return after;
    });
  const dropAll = useCallback(() => setSelected(new Set()), []);
  const may = useMay();
  const mayAnswer = (alert: AlertShown) => alert.status === 'open' && may('alerts-answer', placeOf(alert));
  // What is filtered out is not acknowledged unseen.
  const chosen = shown.filter((alert) => selected.has(alert.alert) && mayAnswer(alert));
  return (
    <>
      <Row justify="space-between" align="baseline" mb="xs">
        <Row align="baseline" gap="md">
          <Title order={2} size="h4">
            {say('title')}
          </Title>
          {count.data && <Text size="sm">{say('shown', { count: count.data.count })}</Text>}
        </Row>
        <Row gap="sm">
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
        </Row>
      </Row>
      <div className={styles.controls}>
        <TextInput
          type="search"
          size="xs"
          label={say('search')}
          placeholder={say('searchHint')}
          value={parameters.get('find') ?? ''}
          onChange={(event) => change({ find: event.currentTarget.value || undefined })}
        />
        <AlertFilters filter={filter} change={change} />
      </div>
      {list.error && <Failure error={list.error} onAgain={() => void list.refetch()} />}
      {linked.error && <Failure error={linked.error} onAgain={() => void linked.refetch()} />}
      {list.isPending && <Loader role="progressbar" aria-label={say('loading')} />}
      {list.isSuccess && shown.length === 0 && !isSearching && (
        <Row>
          <Text>{say(isFiltered ? 'none' : 'noneAtAll')}</Text>
          {isFiltered && (
            <Button size="xs" variant="default" onClick={() => change({ ...noFilter, find: undefined })}>
              {say('clear')}
            </Button>
          )}
        </Row>
      )}
      {isSearching && (
        <Text size="sm" role="status">
          {say('searching', { count: items.length })}
        </Text>
      )}
      <ul className={styles.groups}>
        {groupsOf(shown).map((group) => {
          const own = group.alerts.filter(mayAnswer).map(({ alert }) => alert);
          const count = own.filter((alert) => selected.has(alert)).length;
          return (
            <Group
              key={group.project}
              group={group}
              selection={
                own.length === 0
                  ? undefined
                  : {
                      chosen: count === 0 ? 'none' : count === own.length ? 'all' : 'some',
                      choose: (isChosen) => choose(own, isChosen),
                    }
              }
            >
              {group.alerts.map((alert) => (
                <AlertCard
                  key={alert.alert}
                  alert={alert}
                  isOpen={alert.alert === opened}
                  isFresh={fresh.has(alert.alert)}
                  today={today}
                  onToggle={() => change({ alert: alert.alert === opened ? undefined : alert.alert })}
                  select={
                    mayAnswer(alert)
                      ? {
                          isChosen: selected.has(alert.alert),
                          choose: (isChosen) => choose([alert.alert], isChosen),
                        }
                      : undefined
                  }
                />
              ))}
            </Group>
          );
        })}
      </ul>
      {today && chosen.length > 0 && (
        <BulkBar alerts={chosen} today={today} onDone={(alert) => choose([alert], false)} onDrop={dropAll} />
      )}
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
