import { Button, Group, Modal, Text, TextInput } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { onAccessRefused } from '../../shared/ask.js';
import { authorTyped, caller, nameCaller } from '../../shared/caller.js';
import { useSelf } from '../../shared/self.js';
import { useOfficeTexts } from '../texts.js';
import { SignedIn } from './signed-in.js';

/** The person who signed in; where the service is open, the user by the name that they say. */
export function Who() {
  const self = useSelf();
  return self?.mode === 'signed-in' ? <SignedIn self={self} /> : <Named />;
}

/** The button with the user's name, and the dialogue that asks for it; it also opens when access is refused. */
function Named() {
  const say = useOfficeTexts();
  const self = useSelf();
  const [known, setKnown] = useState(caller);
  const [asked, setAsked] = useState<'freely' | 401 | 403>();
  /** The screen on which the user closed the dialogue: what is refused there later does not open it again. */
  const closedOn = useRef<string>(undefined);
  // The service itself asks for a sign-in elsewhere; a gateway in front of it may ask for a token.
  useEffect(
    () =>
      onAccessRefused(({ kind, status }) => {
        if (kind !== 'unreadable' || closedOn.current === location.hash) return;
        setAsked(status === 403 ? 403 : 401);
      }),
    [],
  );
  const close = () => {
    closedOn.current = location.hash;
    setAsked(undefined);
  };
  const keep = (next: { name: string; token: string }) => {
    nameCaller(next);
    setKnown(next);
    closedOn.current = undefined;
    setAsked(undefined);
  };
  return (
    <>
      <Button variant="default" size="xs" onClick={() => setAsked('freely')}>
        {say('you', { name: known.name || say('notNamed') })}
      </Button>
      <Modal
        opened={asked !== undefined}
        onClose={close}
        title={say('accessTitle')}
        closeButtonProps={{ 'aria-label': say('cancel') }}
      >
        {self?.mode === 'open' && <Text size="sm">{say('openMode')}</Text>}
        {asked === 401 && <Text size="sm">{say('access401')}</Text>}
        {asked === 403 && <Text size="sm">{say('access403')}</Text>}
        <WhoForm first={known} onKeep={keep} onCancel={close} />
      </Modal>
    </>
  );
}

function WhoForm({
  first,
  onKeep,
  onCancel,
}: {
  first: { name?: string; token?: string };
  onKeep: (next: { name: string; token: string }) => void;
  onCancel: () => void;
}) {
  const say = useOfficeTexts();
  const [name, setName] = useState(first.name ?? '');
  const [token, setToken] = useState(first.token ?? '');
  const isFit = name.trim() === '' || authorTyped(name) !== undefined;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (isFit) onKeep({ name: authorTyped(name) ?? '', token });
      }}
    >
      <TextInput
        label={say('sentBy')}
        description={say('sentByHint')}
        error={isFit ? undefined : say('sentByWrong')}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        autoComplete="username"
        my="sm"
        data-autofocus
      />
      <TextInput
        label={say('token')}
        description={say('tokenHint')}
        value={token}
        onChange={(event) => setToken(event.currentTarget.value.trim())}
        type="password"
        autoComplete="off"
        my="sm"
      />
      <Group justify="flex-end">
        <Button variant="default" onClick={onCancel}>
          {say('cancel')}
        </Button>
        <Button type="submit">{say('save')}</Button>
      </Group>
    </form>
  );
}
