import { Button, Group, Text, TextInput } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { isUuid } from '../../../../domain/values/uuid.js';
import { dayWords } from '../../../shared/figures.js';
import { useLanguage } from '../../../shared/language.js';
import { useAuthor } from '../../use/authors.js';
import type { AlertShown } from '../alert-answers.js';
import { type HeldAnswer, heldAnswers } from '../held/held-answers.js';
import { useAlertTexts } from '../texts.js';
import styles from './rows.module.css';

/** Who answers for an alert until when; just said here, it is marked. */
export function Owner({ alert, held }: { alert: AlertShown; held: HeldAnswer | undefined }) {
  const say = useAlertTexts();
  const language = useLanguage();
  const author = useAuthor();
  const owner = held ?? alert.acknowledged;
  if (!owner) return <span className={styles.quiet}>{alert.status === 'open' && say('noOwner')}</span>;
  const person = 'by' in owner && isUuid(owner.by) ? author(owner) : owner.name;
  return (
    <span className={styles.owner}>
      <span className={styles.face} aria-hidden="true">
        {[...owner.name][0]}
      </span>
      <span>
        {person === owner.name ? owner.name : say('answeredFor', { name: owner.name, person })}{' '}
        <span className={styles.quiet}>{say('untilDay', { day: dayWords(owner.dueOn, language) })}</span>
      </span>
    </span>
  );
}

/** What was just said of an alert: it can be undone, or a note be added, before it is sent. */
export function JustTaken({ held }: { held: HeldAnswer }) {
  const say = useAlertTexts();
  const [note, setNote] = useState('');
  const undo = useRef<HTMLButtonElement>(null);
  useEffect(() => undo.current?.focus(), []);
  const { alert } = held;
  if (held.state !== 'held') return null;
  return (
    <form
      className={styles.taken}
      onSubmit={(event) => {
        event.preventDefault();
        void heldAnswers.send(alert, note.trim() || undefined);
      }}
    >
      <Group gap="xs" wrap="nowrap" align="center">
        <Text size="sm" c="var(--good)" role="status">
          ✓ {say('justTaken')}
        </Text>
        <Button ref={undo} size="xs" variant="default" onClick={() => heldAnswers.undo(alert)}>
          {say('undo')}
        </Button>
      </Group>
      <TextInput
        size="xs"
        className={styles.note}
        aria-label={say('note')}
        placeholder={say('noteHint')}
        maxLength={2000}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
        onFocus={() => heldAnswers.pause(alert)}
        onBlur={() => heldAnswers.resume(alert)}
      />
      <Button type="submit" size="xs" variant="default" disabled={note.trim() === ''}>
        {say('saveNote')}
      </Button>
    </form>
  );
}
