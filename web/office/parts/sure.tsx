import { Button, Group, Modal, Text } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { Refused } from '../setup/refused.js';
import { useOfficeTexts } from '../texts.js';

/** What a button ends: says the consequence, and asks before it does so. */
export function Sure({
  label,
  name,
  title,
  children,
  act,
}: {
  label: string;
  /** For screen readers, where several buttons have one label. */
  name?: string;
  title: string;
  /** What follows from it, in words. */
  children: ReactNode;
  act: {
    mutate(input: undefined, options: { onSuccess: () => void }): void;
    isPending: boolean;
    error: unknown;
    reset(): void;
  };
}) {
  const say = useOfficeTexts();
  const [isAsked, setAsked] = useState(false);
  const close = () => {
    setAsked(false);
    act.reset();
  };
  return (
    <>
      <Button size="xs" variant="default" aria-label={name} onClick={() => setAsked(true)}>
        {label}
      </Button>
      <Modal
        opened={isAsked}
        onClose={close}
        title={title}
        closeButtonProps={{ 'aria-label': say('cancel') }}
      >
        <Text size="sm" component="div">
          {children}
        </Text>
        <Refused error={act.error} fields={[]} />
        <Group justify="flex-end" mt="md">
          <Button variant="default" onClick={close} data-autofocus>
            {say('cancel')}
          </Button>
          <Button
            color="red.9"
            loading={act.isPending}
            onClick={() => act.mutate(undefined, { onSuccess: close })}
          >
            {label}
          </Button>
        </Group>
      </Modal>
    </>
  );
}
