import { Button, Checkbox, Group as Row, Text, TextInput, Title } from '@mantine/core';
import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { Link } from 'wouter';
import type { PortfolioAnswer } from '../../shared/answers.js';
import { ask } from '../../shared/ask.js';
import { caller } from '../../shared/caller.js';
import { dayWords, numberWords } from '../../shared/figures.js';
import { useLanguage } from '../../shared/language.js';
import { type Changes, useParameters } from '../../shared/place.js';
import { personHere } from '../../shared/self.js';
import { Failure } from '../parts/failure.js';
import { TakeAlong } from '../take-along/take-along.js';
import { useToday } from '../use/today.js';
import type { AlertShown } from './alert-answers.js';
import { happenings } from './happenings.js';
import { heldAnswers } from './held/held-answers.js';
import type { RowsHere } from './list/alert-row.js';
import { BulkBar, UndoBar } from './list/bulk-bar.js';
import { type ByProjectAnswer, choiceIn, noChoice, type ProjectAlerts } from './list/choice.js';
import { ClearedAlerts } from './list/cleared-alerts.js';
import { Facets } from './list/facets.js';
import { answerDay } from './list/groups.js';
import { OpenAlerts } from './list/open-alerts.js';
import styles from './list/rows.module.css';
import { useCleared } from './list/use-cleared.js';
import { useKeys, useKeysOn } from './list/use-keys.js';
import { useNews } from './list/use-news.js';
import { NotificationChoice } from './notification-choice.js';
import { alertsSheet, chosenAlerts } from './sheet.js';
import { StreamState } from './stream-state.js';
import { useAlertTexts } from './texts.js';

const pageSize = 60;
/** A search begins when somebody stops typing for so long. */
const typedMs = 250;

/** The alerts by project and deadline, with the numbers of every choice; they are answered in their rows. */
export default function Alerts() {
  const say = useAlertTexts();
  const language = useLanguage();
  const today = useToday();
  const queries = useQueryClient();
  const [parameters, change] = useParameters();
  const choice = choiceIn(parameters);
  const isCleared = choice.state === 'cleared';
  const opened = parameters.get('alert') ?? undefined;
  const [isKeysOn, setKeysOn] = useKeysOn();
  useKeys(isKeysOn);
  const [selected, setSelected] = useState<ReadonlyMap<string, AlertShown>>(new Map());
  const [folds, setFolds] = useState<ReadonlyMap<string, boolean>>(new Map());
  const asked = { ...choice, state: isCleared ? undefined : choice.state };
  // What happens to alerts makes all that is under `alerts` be read again; rows wait while somebody reads them.
  const rowsKey = ['alerts-by-project', language];
  const list = useInfiniteQuery({
    queryKey: [...rowsKey, asked],
    queryFn: ({ pageParam, signal }) =>
      ask<ByProjectAnswer>(
        '/alerts/by-project',
        { ...asked, limit: pageSize, cursor: pageParam, after: happenings.position || undefined },
        signal,
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next,
    placeholderData: (before) => before,
    enabled: !isCleared,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
  const counted = useQuery({
    queryKey: ['alerts', 'by-project', language, asked],
    queryFn: ({ signal }) =>
      ask<ByProjectAnswer>(
        '/alerts/by-project',
        { ...asked, limit: 1, after: happenings.position || undefined },
        signal,
      ),
    placeholderData: (before) => before,
    // The first page has them as well; where it is refused, they are not asked for.
    enabled: isCleared || list.isSuccess,
  });
  const counts = counted.data ?? list.data?.pages[0];
  const cleared = useCleared(choice, isCleared || list.isSuccess);
  const shownFacets = isCleared ? cleared.facets(counts?.facets.state) : counts?.facets;
  const listed = list.data?.pages.flatMap(({ items }) => items) ?? [];
  const isElsewhere =
    opened !== undefined &&
    (isCleared || list.isSuccess) &&
    !listed.some(({ alerts }) => alerts.some(({ alert }) => alert === opened));
  const linked = useQuery({
    queryKey: ['alerts', 'one', opened, language],
    queryFn: ({ signal }) => ask<AlertShown>(`/alerts/${opened}`, {}, signal),
    enabled: isElsewhere && !isCleared,
  });
  const readAgain = useCallback(
    () => void queries.invalidateQueries({ queryKey: ['alerts-by-project'] }),
    [queries],
  );
  const news = useNews(selected.size > 0, readAgain);
  const me = personHere()?.name ?? (caller().name || undefined);
  const known = new Map(listed.flatMap(({ alerts }) => alerts.map((alert) => [alert.alert, alert])));
  if (linked.data) known.set(linked.data.alert, linked.data);
  const here: RowsHere = {
    today,
    opened,
    fresh: news.fresh,
    selected: new Set(selected.keys()),
    choose: (alerts, isChosen) =>
      setSelected((before) => {
        const after = new Map(before);
        for (const alert of alerts) {
          const one = known.get(alert);
          if (isChosen && one) after.set(alert, one);
          else after.delete(alert);
        }
        return after;
      }),
    onOpen: (alert) => change({ alert }),
    take: (alerts) => {
      if (me === undefined || today === undefined) return false;
      for (const alert of alerts)
        heldAnswers.take({ alert: alert.alert, name: me, dueOn: answerDay(alert, today) });
      return true;
    },
  };
  // What is filtered out is not acknowledged unseen.
  const chosen = [...selected.keys()].flatMap((alert) => known.get(alert) ?? []);
  const dropAll = useCallback(() => setSelected(new Map()), []);
  const isChosen = Object.keys(choice).length > 0;
  return (
    <>
      <Row justify="space-between" align="flex-end" mb="sm">
        <Row align="baseline" gap="md">
          <Title order={2} size="h4">
            {say('title')}
          </Title>
          {counts && !isCleared && (
            <Text size="sm" role="status">
              {say('inProjects', { count: counts.projects, number: numberWords(counts.projects, language) })}
              {' · '}
              {say('alertsOf', { count: counts.alerts, number: numberWords(counts.alerts, language) })}
            </Text>
          )}
        </Row>
        <Row gap="sm" align="flex-end">
          <Search find={choice.find} change={change} />
          <TakeAlong
            what={say('title')}
            name={`alerts-${today}`}
            table={async () => alertsSheet(await chosenAlerts(choice), say, language)}
          />
          <NotificationChoice />
          <Button component={Link} href="/subscriptions" size="xs" variant="default">
            {say('subscriptions')}
          </Button>
        </Row>
      </Row>
      <div className={styles.board}>
        <div className={styles.side}>
          <Facets choice={choice} counts={shownFacets} cleared={cleared.count} change={change} />
        </div>
        <div>
          {list.error && <Failure error={list.error} onAgain={() => void list.refetch()} />}
          {counted.error && !list.error && (
            <Failure error={counted.error} onAgain={() => void counted.refetch()} />
          )}
          {linked.error && <Failure error={linked.error} onAgain={() => void linked.refetch()} />}
          {news.waiting > 0 && (
            <div className={styles.news}>
              <Button size="xs" onClick={news.show}>
                {say('newOnes', { count: news.waiting })}
              </Button>
            </div>
          )}
          <span role="status" className="visually-hidden">
            {news.waiting > 0 ? say('newOnes', { count: news.waiting }) : ''}
          </span>
          {isCleared ? (
            <ClearedAlerts choice={choice} here={here} />
          ) : list.isPending ? (
            <Skeleton />
          ) : (
            counts &&
            (listed.length > 0 || linked.data) && (
              <OpenAlerts
                list={list}
                counts={counts}
                first={isElsewhere && linked.data ? alone(linked.data) : undefined}
                folds={folds}
                onFold={(of, isUnfolded) => setFolds((all) => new Map(all).set(of, isUnfolded))}
                here={here}
              />
            )
          )}
          {!isCleared && list.isSuccess && listed.length === 0 && (
            <Nothing isChosen={isChosen} today={today} change={change} />
          )}
          {today && chosen.length > 0 && (
            <BulkBar
              alerts={chosen}
              today={today}
              me={me}
              onDone={(alerts) => here.choose(alerts, false)}
              onDrop={dropAll}
            />
          )}
          {chosen.length === 0 && <UndoBar />}
          <div className={styles.keys}>
            <StreamState />
            <span>
              <kbd>J</kbd> <kbd>K</kbd> {say('keys.move')} <kbd>X</kbd> {say('keys.select')} <kbd>E</kbd>{' '}
              {say('acknowledge')} <kbd>M</kbd> {say('silence')} <kbd>/</kbd> {say('search')}
            </span>
            <Checkbox
              size="xs"
              label={say('keys.on')}
              checked={isKeysOn}
              onChange={(event) => setKeysOn(event.currentTarget.checked)}
            />
          </div>
        </div>
      </div>
    </>
  );
}

/** An alert of a link that the list does not have, as a project of its own. */
function alone(alert: AlertShown): ProjectAlerts {
  const { project, of, deadline } = alert;
  return { project, of, due: 'no-deadline', dueOn: deadline?.dueOn ?? null, alerts: [alert] };
}

/** The field of the search; the list follows when typing stops. */
function Search({ find, change }: { find: string | undefined; change: (changes: Changes) => void }) {
  const say = useAlertTexts();
  const [text, setText] = useState(find ?? '');
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => setText((typed) => (typed.trim() === (find ?? '') ? typed : (find ?? ''))), [find]);
  useEffect(() => () => clearTimeout(timer.current), []);
  return (
    <TextInput
      type="search"
      size="xs"
      w="14rem"
      aria-label={say('search')}
      placeholder={say('searchHint')}
      maxLength={200}
      value={text}
      onChange={(event) => {
        const typed = event.currentTarget.value;
        setText(typed);
        clearTimeout(timer.current);
        timer.current = setTimeout(() => change({ find: typed.trim() || undefined }), typedMs);
      }}
    />
  );
}

function Skeleton() {
  const say = useAlertTexts();
  return (
    <div className={styles.list} role="progressbar" aria-label={say('loading')}>
      {Array.from({ length: 6 }, (_, index) => (
        <div key={index} className={styles.skeleton} />
      ))}
    </div>
  );
}

/** Says that there is no alert, and how many projects were evaluated; or that none fits what is chosen. */
function Nothing({
  isChosen,
  today,
  change,
}: {
  isChosen: boolean;
  today: string | undefined;
  change: (changes: Changes) => void;
}) {
  const say = useAlertTexts();
  const language = useLanguage();
  const { data } = useQuery({
    queryKey: ['alerts', 'evaluated'],
    queryFn: ({ signal }) => ask<PortfolioAnswer>('/portfolio', {}, signal),
    enabled: !isChosen,
  });
  if (isChosen)
    return (
      <Row>
        <Text>{say('none')}</Text>
        <Button size="xs" variant="default" onClick={() => change(noChoice)}>
          {say('clear')}
        </Button>
      </Row>
    );
  return (
    <Text>
      {data && today
        ? say('noneAtAllOf', {
            count: data.total.projects,
            number: numberWords(data.total.projects, language),
            day: dayWords(today, language),
          })
        : say('noneAtAll')}
    </Text>
  );
}
