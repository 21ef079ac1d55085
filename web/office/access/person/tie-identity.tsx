import { Button, Group, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { PersonAnswer } from '../../../../src/app/access/access.js';
import { Refused } from '../../setup/refused.js';
import { useChange } from '../people-queries.js';
import { useAccessTexts } from '../texts.js';

/** Ties a person to what the provider of identities knows them by; ties are listed and ended with the sign-ins. */
export function TieIdentity({
  person: { person },
  provider,
}: {
  person: PersonAnswer;
  /** The host of the provider. */
  provider: string;
}) {
  const say = useAccessTexts();
  const [subject, setSubject] = useState('');
  const [isTied, setTied] = useState(false);
  const tie = useChange<void, PersonAnswer>(
    () => ({ method: 'POST', path: `/people/${person}/identities`, body: { subject: subject.trim() } }),
    () => {
      setSubject('');
      setTied(true);
    },
  );
  return (
    <form
      aria-label={say('tie')}
      onSubmit={(event) => {
        event.preventDefault();
        setTied(false);
        if (subject.trim() !== '') tie.mutate();
      }}
    >
      <Text size="sm" mb="xs">
        {say('tieHint', { provider })}
      </Text>
      <Group align="end" gap="sm">
        <TextInput
          label={say('subject')}
          description={say('subjectHint')}
          maxLength={255}
          autoComplete="off"
          value={subject}
          onChange={(event) => setSubject(event.currentTarget.value)}
          flex="1 1 14rem"
        />
        <Button type="submit" variant="default" disabled={subject.trim() === ''} loading={tie.isPending}>
          {say('tieButton')}
        </Button>
      </Group>
      <Refused error={tie.error} fields={[]} />
      {isTied && (
        <Text size="sm" role="status" mt="xs">
          {say('tied')}
        </Text>
      )}
    </form>
  );
}
