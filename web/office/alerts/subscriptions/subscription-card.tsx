import { Badge, Button, Group, Paper, Text } from '@mantine/core';
import { Fragment, useState } from 'react';
import { labelled } from '../../../../domain/values/punctuation.js';
import { instantWords } from '../../../shared/figures.js';
import { useLanguage } from '../../../shared/language.js';
import { useAuthor } from '../../use/authors.js';
import type { SubscriptionShown } from '../alert-answers.js';
import styles from '../alerts.module.css';
import { useAlertTexts } from '../texts.js';
import { useChosenWords } from './chosen-words.js';
import { Acts } from './subscription-acts.js';
import { SubscriptionForm, weekdays } from './subscription-form.js';
import { SubscriptionNotices } from './subscription-notices.js';

const colours = { active: '#1d6b3a', unconfirmed: '#8a4300', paused: '#8a4300', ended: '#495057' } as const;

/** One subscription: channel, selection, timing and state, with its actions. */
export function SubscriptionCard({
  subscription: one,
  onSecret,
}: {
  subscription: SubscriptionShown;
  onSecret: (secret: string) => void;
}) {
  const say = useAlertTexts();
  const language = useLanguage();
  const [isChanging, setChanging] = useState(false);
  const [isTold, setTold] = useState(false);
  if (isChanging)
    return (
      <SubscriptionForm changed={one} onDone={() => setChanging(false)} onCancel={() => setChanging(false)} />
    );
  const toldButton = (
    <Button size="xs" variant="default" aria-expanded={isTold} onClick={() => setTold(!isTold)}>
      {say('toldTo')}
    </Button>
  );
  return (
    <Paper withBorder p="sm" mb="sm" component="section" aria-label={one.name}>
      <Group gap="sm">
        <Text fw={600}>{one.name}</Text>
        <Badge color={colours[one.status]} variant="filled" tt="none">
          {say(one.status)}
        </Badge>
      </Group>
      <Facts one={one} />
      {one.status === 'ended' ? (
        <Group mt="sm">{toldButton}</Group>
      ) : (
        <Acts one={one} onChange={() => setChanging(true)} onSecret={onSecret}>
          {toldButton}
        </Acts>
      )}
      {isTold && <SubscriptionNotices subscription={one.subscription} language={language} />}
    </Paper>
  );
}

function Facts({ one }: { one: SubscriptionShown }) {
  const say = useAlertTexts();
  const language = useLanguage();
  const author = useAuthor();
  const { channel, timing, hours, because, waiting, nextAt } = one;
  const when = [
    say(timing.kind),
    ...('weekday' in timing
      ? [weekdays(language).find(({ value }) => value === String(timing.weekday))?.label ?? '']
      : []),
    ...('at' in timing ? [timing.at] : []),
    ...(hours ? [say('inHours', { ...hours })] : []),
    one.timeZone,
  ];
  const lines: [string, string][] = [
    [
      say('channel'),
      labelled(say(channel.kind), channel.kind === 'webhook' ? channel.url : channel.address, language),
    ],
    ...(channel.kind === 'webhook' && channel.isInClear
      ? ([[say('inClear'), say('inClearHint')]] as [string, string][])
      : []),
    [say('which'), useChosenWords(one.choice)],
    [say('timing'), when.join(' · ')],
    [say('noticeLanguage'), say(one.language)],
    [say('addedBy'), say('addedWords', { by: author(one), at: instantWords(one.addedAt, language) })],
    ...(one.confirmation
      ? ([
          [
            say('confirmation'),
            say('confirmationWords', {
              at: instantWords(one.confirmation.askedAt, language),
              until: instantWords(one.confirmation.confirmBy, language),
            }),
          ],
        ] as [string, string][])
      : []),
    ...(waiting > 0
      ? ([
          [
            say('waits'),
            say('waiting', { count: waiting }) +
              (nextAt ? say('nextAt', { at: instantWords(nextAt, language) }) : ''),
          ],
        ] as [string, string][])
      : []),
    ...(one.limited ? ([[say('limited'), say(`limited.${one.limited}`)]] as [string, string][]) : []),
    ...(because
      ? ([
          [
            say(one.status),
            say('because', {
              why: isReason(because.why) ? say(`why.${because.why}`) : because.why,
              at: instantWords(because.at, language),
            }),
          ],
        ] as [string, string][])
      : []),
  ];
  return (
    <dl className={styles.details}>
      {lines.map(([term, words]) => (
        <Fragment key={term}>
          <dt>{term}</dt>
          <dd>{words}</dd>
        </Fragment>
      ))}
    </dl>
  );
}

const reasons = ['asked', 'removed', 'unsubscribed', 'owner-removed'] as const;

function isReason(why: string): why is (typeof reasons)[number] {
  return (reasons as readonly string[]).includes(why);
}
