import { Anchor, Button, Code, Group, Modal, Paper, Text, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'wouter';
import { ruleWords, severityWords } from '../../../projections/alerts/happening-words.js';
import { ask, tell } from '../../shared/ask.js';
import { instantWords } from '../../shared/figures.js';
import { useLanguage } from '../../shared/language.js';
import { Failure } from '../failure.js';
import type { SubscriptionShown, SubscriptionsAnswer, TestAnswer } from './alert-answers.js';
import { SaidNo } from './said-no.js';
import { SubscriptionForm } from './subscription-form.js';
import { useAlertTexts } from './texts.js';

/** Who is told of alerts, where and when; added, tried, taken up again and ended. */
export default function Subscriptions() {
  const say = useAlertTexts();
  const [secret, setSecret] = useState<string>();
  const { data, error, refetch } = useQuery({
    queryKey: ['subscriptions'],
    queryFn: ({ signal }) => ask<SubscriptionsAnswer>('/subscriptions', {}, signal),
    refetchInterval: 15_000,
  });
  return (
    <>
      <Group align="baseline" gap="md" mb="md">
        <Title order={2} size="h4">
          {say('subscriptions')}
        </Title>
        <Anchor component={Link} href="/alerts" size="sm">
          {say('toAlerts')}
        </Anchor>
      </Group>
      {error && <Failure error={error} onAgain={() => void refetch()} />}
      {data?.items.length === 0 && <Text mb="md">{say('noSubscription')}</Text>}
      {data?.items.map((one) => (
        <SubscriptionCard key={one.subscription} subscription={one} />
      ))}
      <SubscriptionForm onAdded={setSecret} />
      <Modal
        opened={secret !== undefined}
        onClose={() => setSecret(undefined)}
        title={say('secretTitle')}
        closeOnClickOutside={false}
        withCloseButton={false}
      >
        <Code block>{secret}</Code>
        <Text size="sm" my="sm">
          {say('secretHint')}
        </Text>
        <Button onClick={() => setSecret(undefined)}>{say('kept')}</Button>
      </Modal>
    </>
  );
}

function SubscriptionCard({ subscription: one }: { subscription: SubscriptionShown }) {
  const say = useAlertTexts();
  const language = useLanguage();
  const queries = useQueryClient();
  const [isEnding, setEnding] = useState(false);
  const { choice, timing, channel, because } = one;
  const path = `/subscriptions/${one.subscription}`;
  const onSettled = () => void queries.invalidateQueries({ queryKey: ['subscriptions'] });
  const test = useMutation({ mutationFn: () => tell<TestAnswer>('POST', `${path}/test`), onSettled });
  const resume = useMutation({ mutationFn: () => tell('POST', `${path}/resume`), onSettled });
  const end = useMutation({ mutationFn: () => tell('DELETE', path), onSettled });
  const chosen = [
    ...(choice.projects ?? []),
    ...(choice.districts ?? []),
    ...(choice.sectors ?? []),
    ...(choice.rules ?? []).map((rule) => ruleWords[rule][language]),
    ...(choice.atLeast ? [`≥ ${severityWords[choice.atLeast][language]}`] : []),
    ...(choice.roles ?? []),
  ];
  const facts = [
    say(one.status),
    channel.kind === 'webhook' ? channel.url : channel.address,
    chosen.join(', ') || say('everything'),
    say(timing.kind) + ('at' in timing ? ` ${timing.at}` : ''),
    say(one.language),
    ...(one.waiting > 0 ? [say('waiting', { count: one.waiting })] : []),
  ];
  const tested = test.data?.answer;
  return (
    <Paper withBorder p="sm" mb="sm" component="section" aria-label={one.name}>
      <Text fw={600}>{one.name}</Text>
      <Text size="sm">{facts.join(' · ')}</Text>
      {because && (
        <Text size="sm">{say('because', { why: because.why, at: instantWords(because.at, language) })}</Text>
      )}
      {one.status !== 'ended' && (
        <Group gap="xs" mt="xs">
          <Button size="xs" variant="default" loading={test.isPending} onClick={() => test.mutate()}>
            {say('test')}
          </Button>
          {one.status === 'paused' && (
            <Button size="xs" loading={resume.isPending} onClick={() => resume.mutate()}>
              {say('resume')}
            </Button>
          )}
          <Button
            size="xs"
            variant={isEnding ? 'filled' : 'default'}
            color={isEnding ? 'red.9' : undefined}
            loading={end.isPending}
            onClick={() => (isEnding ? end.mutate() : setEnding(true))}
            onBlur={() => setEnding(false)}
          >
            {say(isEnding ? 'endSure' : 'end')}
          </Button>
        </Group>
      )}
      {tested && (
        <Text size="sm" role="status">
          {say('tested', {
            outcome: [tested.outcome, tested.status, tested.why].filter(Boolean).join(' · '),
          })}
        </Text>
      )}
      <SaidNo error={test.error ?? resume.error ?? end.error} />
    </Paper>
  );
}
