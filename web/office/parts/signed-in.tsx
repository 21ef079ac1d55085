import { Anchor, Button, Group, Modal, Stack, Text } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import { Link } from 'wouter';
import { timeWords } from '../../shared/figures.js';
import { useLanguage } from '../../shared/language.js';
import type { Self } from '../../shared/self.js';
import { leave } from '../../sign-in/leave.js';
import { part } from '../room.js';
import { useOfficeTexts } from '../texts.js';

const EnrolPhone = lazy(() =>
  part(async () => ({ default: (await import('../enrol/enrol-phone.js')).EnrolPhone })),
);

/** The button with the person who signed in, and the dialogue in which they sign out. */
export function SignedIn({ self }: { self: Pick<Self, 'name' | 'person' | 'until'> }) {
  const say = useOfficeTexts();
  const language = useLanguage();
  const [isOpen, setOpen] = useState(false);
  const [enrols, setEnrols] = useState(false);
  const [hasFailed, setFailed] = useState(false);
  const name = self.name ?? self.person ?? '';
  const signOut = (everywhere: boolean) => {
    setFailed(false);
    leave(everywhere).catch(() => setFailed(true));
  };
  return (
    <>
      <Button variant="default" size="xs" onClick={() => setOpen(true)}>
        {say('you', { name })}
      </Button>
      <Modal
        opened={isOpen}
        onClose={() => setOpen(false)}
        title={say('signedInAs', { name })}
        closeButtonProps={{ 'aria-label': say('cancel') }}
      >
        <Stack gap="sm">
          {self.until && (
            <Text size="sm">{say('signedInUntil', { until: timeWords(self.until, language) })}</Text>
          )}
          {hasFailed && (
            <Text size="sm" c="var(--bad)" role="alert">
              {say('unreachable')}
            </Text>
          )}
          <Anchor component={Link} href="/self" size="sm" onClick={() => setOpen(false)}>
            {say('ownKeys')}
          </Anchor>
          <Group justify="flex-end">
            <Button
              variant="default"
              onClick={() => {
                setOpen(false);
                setEnrols(true);
              }}
            >
              {say('enrolPhone')}
            </Button>
            <Button variant="default" onClick={() => signOut(true)}>
              {say('signOutEverywhere')}
            </Button>
            <Button onClick={() => signOut(false)} data-autofocus>
              {say('signOut')}
            </Button>
          </Group>
        </Stack>
      </Modal>
      {enrols && self.person !== undefined && (
        <Suspense>
          <EnrolPhone person={self.person} name={name} isSelf onClose={() => setEnrols(false)} />
        </Suspense>
      )}
    </>
  );
}
