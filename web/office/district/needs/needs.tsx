import { Skeleton, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { dayNumber } from '../../../../domain/values/days/calendar.js';
import { severityWords } from '../../../../projections/alerts/happening-words.js';
import { daysInWords, dayWords } from '../../../shared/figures.js';
import { useLanguage } from '../../../shared/language.js';
import { useDistrictTexts } from '../texts.js';
import styles from './needs.module.css';
import { type NeedsAnswer, needsQuery } from './needs-query.js';

/** The answer to the first question: which projects need somebody today, why, and by when. */
export function Needs() {
  const say = useDistrictTexts();
  const { data, isError } = useQuery(needsQuery);
  if (isError) return null;
  return (
    <section className={styles.needs} aria-label={say('needs')} aria-busy={data === undefined}>
      {data ? (
        <>
          <div className={styles.head}>
            <Title order={3} size="h5">
              {say('needs')}
            </Title>
            {data.projects > data.items.length && (
              <Link className={styles.all} href="/alerts">
                {say('needsAll')}
              </Link>
            )}
          </div>
          {data.projects === 0 && <Text size="sm">{say('needsNone')}</Text>}
          <ul className={styles.list}>
            {data.items.map((need) => (
              <NeedLine key={need.project} need={need} today={data.today} />
            ))}
          </ul>
        </>
      ) : (
        <Skeleton height="10rem" aria-label={say('loading')} />
      )}
    </section>
  );
}

function NeedLine({ need, today }: { need: NeedsAnswer['items'][number]; today: string }) {
  const say = useDistrictTexts();
  const language = useLanguage();
  const { project, of, severity, dueOn, alerts, first } = need;
  const left = dueOn === null ? undefined : dayNumber(dueOn) - dayNumber(today);
  return (
    <li className={styles.line} data-severity={severity} data-need={project}>
      <div className={styles.what}>
        <Link href={`/projects/${project}`}>{of.name}</Link>{' '}
        <span className={styles.severity} data-severity={severity}>
          {severityWords[severity][language]}
        </span>
        <Text size="sm" c="var(--soft-ink)">
          {daysInWords(first.reason, language)}
          {alerts > 1 && ` ${say('needsMore', { count: alerts - 1 })}`}
        </Text>
      </div>
      <div className={styles.due}>
        {left === undefined || dueOn === null ? (
          <Text size="sm">{say('noDeadline')}</Text>
        ) : (
          <>
            <Text size="sm" fw={700} c={left < 0 ? 'var(--bad)' : undefined}>
              {left < 0 ? say('overdue', { count: -left }) : say('daysLeft', { count: left })}
            </Text>
            <Text size="xs" c="var(--quiet)">
              {say('answerBy', { day: dayWords(dueOn, language) })}
            </Text>
          </>
        )}
      </div>
      <Link
        className={styles.act}
        href={`/alerts?project=${project}&alert=${first.alert}`}
        aria-label={say('needAnswer', { name: of.name })}
      >
        {say('answer')}
      </Link>
    </li>
  );
}
