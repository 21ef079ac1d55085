import { Button, Group, Modal, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { tell } from '../../../shared/ask.js';
import { useSelf } from '../../use/self.js';
import type { SubscriptionShown, TestAnswer } from '../alert-answers.js';
import { SaidNo } from '../said-no.js';
import { useAlertTexts } from '../texts.js';

/** What can be done about a subscription: its owner changes and tests it, an administrator pauses and ends it. */
export function Acts({
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
  const self = useSelf();
  const queries = useQueryClient();
  const [asked, setAsked] = useState<'secret' | 'end'>();
  // An administrator pauses and ends the subscriptions of others, and changes none of them.
  const isOwn = self?.mode !== 'signed-in' || self.person === one.by;
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
        {!isOwn ? null : one.confirmation ? (
          <Button size="xs" loading={ask.isPending} onClick={() => ask.mutate()}>
            {say('askAgain')}
          </Button>
        ) : (
          <Button {...small} loading={test.isPending} onClick={() => test.mutate()}>
            {say('test')}
          </Button>
        )}
        {isOwn && (
          <Button {...small} onClick={onChange}>
            {say('change')}
          </Button>
        )}
        {one.status === 'paused' ? (
          <Button size="xs" loading={resume.isPending} onClick={() => resume.mutate()}>
            {say('resume')}
          </Button>
        ) : (
          <Button {...small} loading={pause.isPending} onClick={() => pause.mutate()}>
            {say('pause')}
          </Button>
        )}
        {isOwn && one.channel.kind === 'webhook' && (
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
