import { Alert, Button, Group, Skeleton, Text, Title } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useId } from 'react';
import { dayIn } from '../../../../domain/values/days/calendar.js';
import { tell } from '../../../shared/ask.js';
import { dayWords, instantWords } from '../../../shared/figures.js';
import { useLanguage } from '../../../shared/language.js';
import type { SubscriptionPreviewShown } from '../alert-answers.js';
import { SaidNo } from '../said-no.js';
import { useAlertTexts } from '../texts.js';
import { useChosenWords } from './chosen-words.js';
import styles from './subscription-preview.module.css';
import { choiceOf, type SubscriptionWishes, termsOf } from './subscription-wishes.js';

/** How long the choices rest before the service is asked, in milliseconds. */
const restMs = 300;

/** What the subscription would have sent in the last 30 days: how many notices, and the latest in the words of the mail. */
export function SubscriptionPreview({ wishes }: { wishes: SubscriptionWishes }) {
  const say = useAlertTexts();
  const heading = useId();
  const chosen = useChosenWords(choiceOf(wishes));
  const [terms] = useDebouncedValue(JSON.stringify(termsOf(wishes)), restMs);
  const { data, error, isFetching, refetch } = useQuery({
    queryKey: ['subscriptions', 'preview', terms],
    queryFn: async ({ signal }) => {
      const said = await tell<SubscriptionPreviewShown>('POST', '/subscriptions/preview', JSON.parse(terms), {
        signal,
      });
      return said.answer;
    },
    placeholderData: (before) => before,
    retry: false,
  });
  return (
    <section className={styles.preview} aria-labelledby={heading} aria-busy={isFetching}>
      <Title order={4} size="h6" id={heading}>
        {say('preview')}
      </Title>
      <Text size="sm" c="dimmed">
        {say('previewOf', { chosen, timing: say(wishes.timing) })}
      </Text>
      {error ? (
        <>
          <SaidNo error={error} />
          <Button size="xs" variant="default" onClick={() => void refetch()}>
            {say('previewAgain')}
          </Button>
        </>
      ) : data ? (
        <Shown data={data} wishes={wishes} />
      ) : (
        <Skeleton height={72} radius="md" mt="xs" aria-label={say('loading')} />
      )}
    </section>
  );
}

function Shown({ data, wishes }: { data: SubscriptionPreviewShown; wishes: SubscriptionWishes }) {
  const say = useAlertTexts();
  const language = useLanguage();
  const { notices, changes, next, latest, from, to, channels } = data;
  const day = (instant: string) => dayWords(dayIn(wishes.timeZone, instant), language);
  const span = { from: day(from), to: day(to) };
  const others = notices - latest.filter(({ at }) => at <= to).length;
  return (
    <>
      {!channels.includes(wishes.kind) && (
        <Alert color="var(--waits)" variant="outline" role="status" my="xs">
          {say(wishes.kind === 'email' ? 'noMailServer' : 'noWebhooks')}
        </Alert>
      )}
      <p className={styles.count} role="status">
        {notices === 0
          ? say('previewNone', span)
          : say('previewCount', { count: notices, changes: say('changesOf', { count: changes }), ...span })}
      </p>
      {next && (
        <Text size="sm" mb="xs">
          {say('previewNext', { count: next.changes, at: instantWords(next.at, language) })}
        </Text>
      )}
      {latest.map((notice) => (
        <details className={styles.message} key={`${notice.at} ${notice.subject}`} lang={wishes.language}>
          <summary>
            <span className={styles.subject}>{notice.subject}</span>
            <span className={styles.at}>{instantWords(notice.at, language)}</span>
          </summary>
          <p>{notice.opening}</p>
          {notice.groups.map(({ project, alerts }) => (
            <section key={project}>
              <p className={styles.project}>{project}</p>
              {alerts.map(({ severity, headline, lines }) => (
                <div
                  className={styles.alert}
                  data-severity={severity ?? 'none'}
                  key={`${headline} ${lines[0]?.text}`}
                >
                  <p>{headline}</p>
                  <dl>
                    {lines.map(({ label, text }) => (
                      <div key={label}>
                        <dt>{label}</dt>
                        <dd>{text}</dd>
                      </div>
                    ))}
                  </dl>
                </div>
              ))}
            </section>
          ))}
          {notice.unshown > 0 && <p>{say('previewUnshown', { count: notice.unshown })}</p>}
        </details>
      ))}
      {others > 0 && (
        <Group mt={6}>
          <Text size="sm" c="dimmed">
            {say('previewOthers', { count: others })}
          </Text>
        </Group>
      )}
    </>
  );
}
