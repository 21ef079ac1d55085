import { useQuery } from '@tanstack/react-query';
import { Fragment, type ReactNode } from 'react';
import { provenanceWords } from '../../../projections/words/source-words.js';
import type { JournalAnswer } from '../../shared/answers.js';
import { ask } from '../../shared/ask.js';
import { daysInWords, instantWords, knownDayWords } from '../../shared/figures.js';
import { useLanguage } from '../../shared/language.js';
import { Failure } from '../parts/failure.js';
import { useAuthor } from '../use/authors.js';
import type { AlertShown, NoticesAnswer } from './alert-answers.js';
import { AlertWhy } from './alert-why.js';
import styles from './alerts.module.css';
import { subscriptionsQuery } from './subscriptions/subscriptions-query.js';
import { useAlertTexts } from './texts.js';

/** All details of one alert: reason, what would clear it, evidence, and notified subscribers. */
export function AlertDetails({ alert, today }: { alert: AlertShown; today: string | undefined }) {
  const say = useAlertTexts();
  const language = useLanguage();
  const { deadline, acknowledged } = alert;
  const lines: [string, ReactNode][] = [
    [
      say('why'),
      <Fragment key="why">
        {daysInWords(alert.reason, language)}{' '}
        {alert.status === 'open' && today && <AlertWhy alert={alert} asOf={today} />}
      </Fragment>,
    ],
    ...(alert.clears
      ? ([[say('clears'), daysInWords(alert.clears, language)]] as [string, ReactNode][])
      : []),
    ...(deadline ? ([[say('duty'), deadline.duty.words]] as [string, ReactNode][]) : []),
    [
      say('raised'),
      say('raisedWords', { at: instantWords(alert.raisedAt, language), version: alert.rulesVersion }),
    ],
    ...(alert.reminders > 0 ? ([[say('reminders'), alert.reminders]] as [string, ReactNode][]) : []),
    ...(acknowledged?.note ? ([[say('note'), acknowledged.note]] as [string, ReactNode][]) : []),
    [say('evidence'), <Evidence key="evidence" alert={alert} />],
    [say('told'), <Told key="told" alert={alert.alert} />],
  ];
  return (
    <dl className={styles.details}>
      {lines.map(([term, value]) => (
        <Fragment key={term}>
          <dt>{term}</dt>
          <dd>{value}</dd>
        </Fragment>
      ))}
    </dl>
  );
}

function Evidence({ alert: { alert, project, evidence, position } }: { alert: AlertShown }) {
  const say = useAlertTexts();
  const language = useLanguage();
  const author = useAuthor();
  const { data, error, refetch } = useQuery({
    queryKey: ['alerts', 'evidence', alert, position, language],
    queryFn: ({ signal }) => fetchEvidence(project, new Set(evidence), signal),
    enabled: evidence.length > 0,
  });
  if (evidence.length === 0) return say('noEvidence');
  if (error) return <Failure error={error} onAgain={() => void refetch()} />;
  if (!data) return say('loading');
  return (
    <ul>
      {evidence.map((id) => {
        const entry = data.find((one) => one.id === id);
        return (
          <li key={id}>
            {entry && 'source' in entry
              ? say('entry', {
                  day: knownDayWords(entry.asOf, entry, language),
                  words: entry.words,
                  by: author(entry),
                  source: provenanceWords(entry)[language],
                  at: instantWords(entry.recordedAt, language),
                })
              : say('notFound', { id })}
          </li>
        );
      })}
    </ul>
  );
}

/** The requested entries of a project; reads the journal only until all are found. */
async function fetchEvidence(project: string, wanted: ReadonlySet<string>, signal: AbortSignal) {
  const found: JournalAnswer['items'] = [];
  for (let cursor: string | undefined, isFirst = true; isFirst || cursor; isFirst = false) {
    const asked = { limit: 500, asOf: '2199-12-31', cursor };
    const page: JournalAnswer = await ask<JournalAnswer>(`/projects/${project}/journal`, asked, signal);
    found.push(...page.items.filter(({ id }) => wanted.has(id)));
    if (found.length >= wanted.size) break;
    cursor = page.next;
  }
  return found;
}

function Told({ alert }: { alert: string }) {
  const say = useAlertTexts();
  const language = useLanguage();
  const notices = useQuery({
    queryKey: ['alerts', 'notices', alert],
    queryFn: ({ signal }) => ask<NoticesAnswer>(`/alerts/${alert}/notices`, {}, signal),
    // The stream has no event for a sent notice.
    refetchInterval: 10_000,
  });
  const subscriptions = useQuery(subscriptionsQuery);
  if (notices.error) return <Failure error={notices.error} onAgain={() => void notices.refetch()} />;
  if (!notices.data) return say('loading');
  if (notices.data.items.length === 0) return say('toldNobody');
  const nameOf = (id: string) =>
    subscriptions.data?.find(({ subscription }) => subscription === id)?.name ?? id.slice(0, 8);
  return (
    <ul>
      {notices.data.items.map((notice) => (
        <li key={notice.position}>
          {say('notice', {
            at: instantWords(notice.at, language),
            who: nameOf(notice.subscription),
            channel: say(notice.channel),
            attempt: notice.attempt,
            outcome: [say(notice.outcome), notice.status, notice.why].filter(Boolean).join(' · '),
          })}
        </li>
      ))}
    </ul>
  );
}
