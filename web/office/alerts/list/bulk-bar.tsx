import { Button, Group, Text, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { severityWords } from '../../../../projections/alerts/happening-words.js';
import { tell } from '../../../shared/ask.js';
import { useLanguage } from '../../../shared/language.js';
import { personHere } from '../../../shared/self.js';
import type { AlertShown } from '../alert-answers.js';
import { SaidNo } from '../said-no.js';
import { useAlertTexts } from '../texts.js';
import { firstDeadline, groupsOf } from './groups.js';
import styles from './list.module.css';

/** Acknowledges the selected alerts together; Escape drops the selection. */
export function BulkBar({
  alerts,
  today,
  onDone,
  onDrop,
}: {
  /** The selected ones. */
  alerts: readonly AlertShown[];
  today: string;
  /** Called with each alert that the service acknowledged. */
  onDone: (alert: string) => void;
  onDrop: () => void;
}) {
  const say = useAlertTexts();
  const language = useLanguage();
  const queries = useQueryClient();
  const [name, setName] = useState(personHere()?.name ?? '');
  const [day, setDay] = useState<string>();
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  // A retry after a lost answer has the id of the first attempt.
  const ids = useRef(new Map<string, string>());
  useEffect(() => {
    const drop = (event: KeyboardEvent) => event.key === 'Escape' && onDrop();
    addEventListener('keydown', drop);
    return () => removeEventListener('keydown', drop);
  }, [onDrop]);
  const dueOn = day ?? firstDeadline(alerts, today);
  const counts = new Map(
    groupsOf(alerts).flatMap(({ counts: own }) => own.map(([severity]) => [severity, 0])),
  );
  for (const { severity } of alerts) counts.set(severity, (counts.get(severity) ?? 0) + 1);
  const send = async () => {
    setBusy(true);
    setError(undefined);
    try {
      for (const { alert } of alerts) {
        const key = JSON.stringify([alert, name, dueOn]);
        const id = ids.current.get(key) ?? crypto.randomUUID();
        ids.current.set(key, id);
        await tell('POST', `/alerts/${alert}/acknowledgement`, { name, dueOn }, { id });
        onDone(alert);
      }
    } catch (refused) {
      setError(refused);
    } finally {
      setBusy(false);
      void queries.invalidateQueries({ queryKey: ['alerts'] });
    }
  };
  return (
    <section className={styles.bulk} aria-label={say('bulk')}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        <Group gap="sm" align="flex-end">
          <div>
            <Text size="sm" fw={700} role="status">
              {say('selected', { count: alerts.length })}
            </Text>
            <Text size="xs">
              {[...counts]
                .map(([severity, count]) => `${severityWords[severity][language]} ${count}`)
                .join(' · ')}
            </Text>
          </div>
          <TextInput
            size="xs"
            label={say('owner')}
            value={name}
            required
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <TextInput
            size="xs"
            type="date"
            label={say('day')}
            value={dueOn}
            min={today}
            required
            onChange={(event) => setDay(event.currentTarget.value)}
          />
          <Button type="submit" size="xs" loading={isBusy}>
            {say('acknowledgeAll', { count: alerts.length })}
          </Button>
          <Button size="xs" variant="default" onClick={onDrop}>
            {say('dropSelection')}
          </Button>
        </Group>
        <SaidNo error={error} />
      </form>
    </section>
  );
}
