import { Badge, Button, Group, Modal, Paper, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Fragment, type ReactNode, useState } from 'react';
import { ruleWords, severityWords } from '../../../../projections/alerts/happening-words.js';
import { tell } from '../../../shared/ask.js';
import { instantWords } from '../../../shared/figures.js';
import { useLanguage } from '../../../shared/language.js';
import type { SubscriptionShown, TestAnswer } from '../alert-answers.js';
import styles from '../alerts.module.css';
import { useProjects, useRoles } from '../choices.js';
import { SaidNo } from '../said-no.js';
import { useAlertTexts } from '../texts.js';
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
    [say('channel'), `${say(channel.kind)}: ${channel.kind === 'webhook' ? channel.url : channel.address}`],
    ...(channel.kind === 'webhook' && channel.isInClear
      ? ([[say('inClear'), say('inClearHint')]] as [string, string][])
      : []),
    [say('which'), useChosenWords(one)],
    [say('timing'), when.join(' · ')],
    [say('noticeLanguage'), say(one.language)],
    [say('addedBy'), say('addedWords', { by: one.by, at: instantWords(one.addedAt, language) })],
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

/** The alerts that a subscription selects, in words. */
function useChosenWords({ choice }: SubscriptionShown): string {
  const say = useAlertTexts();
  const language = useLanguage();
  const projects = useProjects((choice.projects?.length ?? 0) > 0);
  const roles = useRoles();
  const called = (options: { value: string; label: string }[]) => (id: string) =>
    options.find(({ value }) => value === id)?.label ?? id;
  const parts = [
    choice.districts,
    choice.sectors,
    choice.projects?.map(called(projects)),
    choice.rules?.map((rule) => ruleWords[rule][language]),
    choice.roles?.map(called(roles)),
    choice.atLeast && [say('orMore', { severity: severityWords[choice.atLeast][language] })],
  ];
  const words = parts.flatMap((part) => (part ? [part.join(say('or'))] : []));
  return words.join(' · ') || say('everything');
}

function Acts({
  one,
  onChange,
  onSecret,
  children,
}: {
  one: SubscriptionShown;
  onChange: () => void;
  onSecret: (secret: string) => void;
  children: ReactNode;
}) {
  const say = useAlertTexts();
  const queries = useQueryClient();
  const [asked, setAsked] = useState<'secret' | 'end'>();
  const path = `/subscriptions/${one.subscription}`;
  const onSettled = () => {
    setAsked(undefined);
    void queries.invalidateQueries({ queryKey: ['subscriptions'] });
  };
  const test = useMutation({ mutationFn: () => tell<TestAnswer>('POST', `${path}/test`), onSettled });
  const pause = useMutation({ mutationFn: () => tell('POST', `${path}/pause`), onSettled });
  const resume = useMutation({ mutationFn: () => tell('POST', `${path}/resume`), onSettled });
  const ask = useMutation({ mutationFn: () => tell('POST', `${path}/confirmation`), onSettled });
  const end = useMutation({ mutationFn: () => tell('DELETE', path), onSettled });
  const rotate = useMutation({
    mutationFn: () => tell<{ secret: string }>('POST', `${path}/secret`),
    onSettled,
    onSuccess: ({ answer }) => onSecret(answer.secret),
  });
  const small = { size: 'xs', variant: 'default' } as const;
  const tested = test.data?.answer;
  const sure = asked === 'secret' ? rotate : end;
  return (
    <>
      <Group gap="xs" mt="sm">
        {one.confirmation ? (
          <Button size="xs" loading={ask.isPending} onClick={() => ask.mutate()}>
            {say('askAgain')}
          </Button>
        ) : (
          <Button {...small} loading={test.isPending} onClick={() => test.mutate()}>
            {say('test')}
          </Button>
        )}
        <Button {...small} onClick={onChange}>
          {say('change')}
        </Button>
        {one.status === 'paused' ? (
          <Button size="xs" loading={resume.isPending} onClick={() => resume.mutate()}>
            {say('resume')}
          </Button>
        ) : (
          <Button {...small} loading={pause.isPending} onClick={() => pause.mutate()}>
            {say('pause')}
          </Button>
        )}
        {one.channel.kind === 'webhook' && (
          <Button {...small} onClick={() => setAsked('secret')}>
            {say('newSecret')}
          </Button>
        )}
        <Button {...small} onClick={() => setAsked('end')}>
          {say('end')}
        </Button>
        {children}
      </Group>
      {tested && (
        <Text size="sm" role="status" mt="xs">
          {say('tested', {
            outcome: [
              isOutcome(tested.outcome) ? say(`test.${tested.outcome}`) : tested.outcome,
              tested.status,
              tested.why,
            ]
              .filter(Boolean)
              .join(' · '),
          })}
        </Text>
      )}
      <SaidNo error={test.error ?? pause.error ?? resume.error ?? rotate.error ?? end.error} />
      <Modal
        opened={asked !== undefined}
        onClose={() => setAsked(undefined)}
        title={say(asked === 'secret' ? 'newSecretSure' : 'endSure', { name: one.name })}
        closeButtonProps={{ 'aria-label': say('cancel') }}
      >
        <Text size="sm">{say(asked === 'secret' ? 'newSecretHint' : 'endHint')}</Text>
        <Group justify="flex-end" mt="md">
          <Button variant="default" onClick={() => setAsked(undefined)} data-autofocus>
            {say('cancel')}
          </Button>
          <Button
            color={asked === 'end' ? 'red.9' : undefined}
            loading={sure.isPending}
            onClick={() => sure.mutate()}
          >
            {say(asked === 'secret' ? 'newSecret' : 'end')}
          </Button>
        </Group>
      </Modal>
    </>
  );
}

const outcomes = ['accepted', 'failed', 'refused', 'gone'] as const;

function isOutcome(outcome: string): outcome is (typeof outcomes)[number] {
  return (outcomes as readonly string[]).includes(outcome);
}
