import { Anchor, Button, Code, Group, Loader, Modal, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'wouter';
import { Failure } from '../../parts/failure.js';
import { useMay } from '../../use/self.js';
import { useAlertTexts } from '../texts.js';
import { SubscriptionCard } from './subscription-card.js';
import { SubscriptionForm } from './subscription-form.js';
import { subscriptionsQuery } from './subscriptions-query.js';

/** Who is notified of alerts, where and when; add, change, test, pause, resume and end. */
export default function Subscriptions() {
  const say = useAlertTexts();
  const may = useMay();
  const [secret, setSecret] = useState<string>();
  const [isAdding, setAdding] = useState(false);
  const { data, error, isPending, refetch } = useQuery({
    ...subscriptionsQuery,
    refetchInterval: 15_000,
  });
  const items = data ?? [];
  const inForce = items.filter(({ status }) => status !== 'ended');
  const ended = items.filter(({ status }) => status === 'ended');
  return (
    <>
      <Group justify="space-between" mb="md">
        <Group align="baseline" gap="md">
          <Title order={2} size="h4">
            {say('subscriptions')}
          </Title>
          <Anchor component={Link} href="/alerts" size="sm">
            {say('toAlerts')}
          </Anchor>
        </Group>
        {!isAdding && may('subscriptions-own') && (
          <Button size="xs" onClick={() => setAdding(true)}>
            {say('add')}
          </Button>
        )}
      </Group>
      {isAdding && (
        <SubscriptionForm
          onDone={(made) => {
            setAdding(false);
            setSecret(made);
          }}
          onCancel={() => setAdding(false)}
        />
      )}
      {error && <Failure error={error} onAgain={() => void refetch()} />}
      {isPending && <Loader role="progressbar" aria-label={say('loading')} />}
      {data && inForce.length === 0 && <Text mb="md">{say('noSubscription')}</Text>}
      {inForce.map((one) => (
        <SubscriptionCard key={one.subscription} subscription={one} onSecret={setSecret} />
      ))}
      {ended.length > 0 && (
        <details>
          <summary>{say('endedOnes', { count: ended.length })}</summary>
          {ended.map((one) => (
            <SubscriptionCard key={one.subscription} subscription={one} onSecret={setSecret} />
          ))}
        </details>
      )}
      <Modal
        opened={secret !== undefined}
        onClose={() => setSecret(undefined)}
        title={say('secretTitle')}
        closeOnClickOutside={false}
        closeOnEscape={false}
        withCloseButton={false}
      >
        <Code block>{secret}</Code>
        <Text size="sm" my="sm">
          {say('secretHint')}
        </Text>
        <Button onClick={() => setSecret(undefined)} data-autofocus>
          {say('kept')}
        </Button>
      </Modal>
    </>
  );
}
