import { Button, Group, Paper, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { PersonAnswer } from '../../../src/app/access/access.js';
import { goTo } from '../../shared/place.js';
import { Refused } from '../setup/refused.js';
import styles from './access.module.css';
import { useChange } from './people-queries.js';
import { useAccessTexts } from './texts.js';

/** Adds a person, then opens them, because a person without a role may do nothing. */
export function AddPerson({ isFirst }: { isFirst: boolean }) {
  const say = useAccessTexts();
  const [isOpen, setOpen] = useState(isFirst);
  const [name, setName] = useState('');
  const [contact, setContact] = useState('');
  const add = useChange<void, PersonAnswer>(
    () => ({
      method: 'POST',
      path: '/people',
      body: { name: name.trim(), ...(contact.trim() ? { contact: contact.trim() } : {}) },
    }),
    ({ person }) => goTo(`/access/${person}`),
  );
  if (!isOpen)
    return (
      <Button size="sm" mb="md" onClick={() => setOpen(true)}>
        {say('add')}
      </Button>
    );
  return (
    <Paper
      withBorder
      p="md"
      mb="md"
      component="form"
      aria-label={say('add')}
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim() !== '') add.mutate();
      }}
    >
      {isFirst && (
        <Text size="sm" mb="sm">
          {say('none')} {say('noneHint')}
        </Text>
      )}
      <div className={styles.fields}>
        <TextInput
          label={say('name')}
          description={say('nameHint')}
          maxLength={100}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          autoComplete="off"
          data-autofocus
        />
        <TextInput
          label={say('contact')}
          description={say('contactHint')}
          maxLength={200}
          value={contact}
          onChange={(event) => setContact(event.currentTarget.value)}
          autoComplete="off"
        />
      </div>
      <Refused error={add.error} fields={[]} />
      <Group mt="sm" gap="xs">
        <Button type="submit" disabled={name.trim() === ''} loading={add.isPending}>
          {say('addButton')}
        </Button>
        {!isFirst && (
          <Button variant="default" onClick={() => setOpen(false)}>
            {say('cancel')}
          </Button>
        )}
      </Group>
    </Paper>
  );
}
