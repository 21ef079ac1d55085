import { Button, Group, PasswordInput, Text } from '@mantine/core';
import { useState } from 'react';
import { ownSelf, type Self } from '../../shared/self.js';
import { useChange } from '../access/people-queries.js';
import { Refused, useFaultAt } from '../setup/refused.js';
import { useOwnTexts } from './texts.js';

/** Changes the own password by the present one; all other browsers are signed out. */
export function ChangePassword() {
  const say = useOwnTexts();
  const [old, setOld] = useState('');
  const [password, setPassword] = useState('');
  const [repeated, setRepeated] = useState('');
  const [isDone, setDone] = useState(false);
  const change = useChange<void, Self>(
    () => ({ method: 'PUT', path: '/session/password', body: { old, password } }),
    (self) => {
      ownSelf.become(self);
      for (const empty of [setOld, setPassword, setRepeated]) empty('');
      setDone(true);
    },
  );
  const faultAt = useFaultAt(change.error);
  const isDifferent = repeated !== '' && repeated !== password;
  const isFit = old !== '' && password !== '' && repeated === password;
  return (
    <form
      aria-label={say('password')}
      onSubmit={(event) => {
        event.preventDefault();
        setDone(false);
        if (isFit) change.mutate();
      }}
    >
      <Text size="sm" mb="xs">
        {say('passwordHint')}
      </Text>
      <PasswordInput
        label={say('old')}
        autoComplete="current-password"
        maxLength={200}
        value={old}
        error={faultAt('old')}
        onChange={(event) => setOld(event.currentTarget.value)}
        visibilityToggleButtonProps={{ 'aria-label': say('show') }}
        mb="xs"
      />
      <PasswordInput
        label={say('new')}
        description={say('newHint')}
        autoComplete="new-password"
        maxLength={200}
        value={password}
        error={faultAt('password')}
        onChange={(event) => setPassword(event.currentTarget.value)}
        visibilityToggleButtonProps={{ 'aria-label': say('show') }}
        mb="xs"
      />
      <PasswordInput
        label={say('repeated')}
        autoComplete="new-password"
        maxLength={200}
        value={repeated}
        error={isDifferent ? say('different') : undefined}
        onChange={(event) => setRepeated(event.currentTarget.value)}
        visibilityToggleButtonProps={{ 'aria-label': say('show') }}
      />
      <Refused error={change.error} fields={['old', 'password']} />
      <Group mt="sm" gap="sm">
        <Button type="submit" disabled={!isFit} loading={change.isPending}>
          {say('change')}
        </Button>
        {isDone && (
          <Text size="sm" role="status">
            {say('changed')}
          </Text>
        )}
      </Group>
    </form>
  );
}
