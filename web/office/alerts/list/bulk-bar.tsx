import { Button, Group, Text, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { severities } from '../../../../domain/governance/rules.js';
import { severityWords } from '../../../../projections/alerts/happening-words.js';
import { tell } from '../../../shared/ask.js';
import { dayWords } from '../../../shared/figures.js';
import { useLanguage } from '../../../shared/language.js';
import { useMay } from '../../use/self.js';
import type { AlertShown } from '../alert-answers.js';
import { heldAnswers } from '../held/held-answers.js';
import { useHeld } from '../held/use-held.js';
import { SaidNo } from '../said-no.js';
import { useAlertTexts } from '../texts.js';
import { placeOf } from './alert-row.js';
import { answerDay, firstDeadline } from './groups.js';
import styles from './rows.module.css';

type Way = 'assign' | 'silence';

/** Acknowledges, assigns or silences the selected alerts together; Escape drops the selection. */
export function BulkBar({
  alerts,
  today,
  me,
  onDone,
  onDrop,
}: {
  /** The selected ones. */
  alerts: readonly AlertShown[];
  today: string;
  /** The name of the user, if it is known. */
  me: string | undefined;
  /** Called with the alerts that are answered. */
  onDone: (alerts: readonly string[]) => void;
  onDrop: () => void;
}) {
  const say = useAlertTexts();
  const language = useLanguage();
  const may = useMay();
  const [way, setWay] = useState<Way>();
  useEffect(() => {
    const drop = (event: KeyboardEvent) => event.key === 'Escape' && onDrop();
    addEventListener('keydown', drop);
    return () => removeEventListener('keydown', drop);
  }, [onDrop]);
  const take = (name: string, day?: string) => {
    for (const alert of alerts)
      heldAnswers.take({ alert: alert.alert, name, dueOn: day ?? answerDay(alert, today) });
    onDone(alerts.map(({ alert }) => alert));
  };
  const count = alerts.length;
  const maySilence = alerts.every((alert) => may('alerts-silence', placeOf(alert)));
  const counts = severities.toReversed().flatMap((severity) => {
    const own = alerts.filter((alert) => alert.severity === severity).length;
    return own > 0 ? `${severityWords[severity][language]} ${own}` : [];
  });
  const first = firstDeadline(alerts, today);
  return (
    <section className={styles.bar} aria-label={say('bulk')}>
      <Group gap="sm" align="center">
        <div>
          <Text size="sm" fw={700} role="status">
            {say('selected', { count })}
          </Text>
          <Text size="xs" c="var(--quiet)">
            {[...counts, say('firstDue', { day: dayWords(first, language) })].join(' · ')}
          </Text>
        </div>
        <Button size="xs" onClick={() => (me === undefined ? setWay('assign') : take(me))}>
          {say('acknowledgeAll', { count })}
        </Button>
        <Button size="xs" variant="default" aria-expanded={way === 'assign'} onClick={() => setWay('assign')}>
          {say('assign')}
        </Button>
        {maySilence && (
          <Button
            size="xs"
            variant="default"
            aria-expanded={way === 'silence'}
            onClick={() => setWay('silence')}
          >
            {say('silence')}
          </Button>
        )}
        <Button size="xs" variant="default" onClick={onDrop}>
          {say('dropSelection')}
        </Button>
      </Group>
      {way === 'assign' && <Assignment count={count} first={first} today={today} onSay={take} />}
      {way === 'silence' && <Silence alerts={alerts} today={today} onDone={(alert) => onDone([alert])} />}
    </section>
  );
}

/** Asks for whom the alerts are, and by when they are answered. */
function Assignment({
  count,
  first,
  today,
  onSay,
}: {
  count: number;
  first: string;
  today: string;
  onSay: (name: string, day: string) => void;
}) {
  const say = useAlertTexts();
  const [name, setName] = useState('');
  const [day, setDay] = useState<string>();
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        onSay(name.trim(), day ?? first);
      }}
    >
      <Group gap="sm" align="flex-end" mt="xs">
        <TextInput
          size="xs"
          label={say('owner')}
          value={name}
          required
          maxLength={200}
          data-autofocus
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <TextInput
          size="xs"
          type="date"
          label={say('day')}
          value={day ?? first}
          min={today}
          required
          onChange={(event) => setDay(event.currentTarget.value)}
        />
        <Button type="submit" size="xs" disabled={name.trim() === ''}>
          {say('assignAll', { count })}
        </Button>
      </Group>
    </form>
  );
}

/** Asks until when and why; sends one after the other, and stops at a refusal. */
function Silence({
  alerts,
  today,
  onDone,
}: {
  alerts: readonly AlertShown[];
  today: string;
  onDone: (alert: string) => void;
}) {
  const say = useAlertTexts();
  const queries = useQueryClient();
  const [until, setUntil] = useState(today);
  const [reason, setReason] = useState('');
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  // A retry after a lost answer has the id of the first attempt.
  const ids = useRef(new Map<string, string>());
  const send = async () => {
    setBusy(true);
    setError(undefined);
    try {
      for (const { alert } of alerts) {
        const key = JSON.stringify([alert, until, reason]);
        const id = ids.current.get(key) ?? crypto.randomUUID();
        ids.current.set(key, id);
        await tell('POST', `/alerts/${alert}/silence`, { until, reason }, { id });
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
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <Group gap="sm" align="flex-end" mt="xs">
        <TextInput
          size="xs"
          type="date"
          label={say('until')}
          value={until}
          min={today}
          required
          onChange={(event) => setUntil(event.currentTarget.value)}
        />
        <TextInput
          size="xs"
          label={say('reason')}
          value={reason}
          required
          maxLength={500}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <Button type="submit" size="xs" loading={isBusy}>
          {say('silenceAll', { count: alerts.length })}
        </Button>
      </Group>
      <SaidNo error={error} />
    </form>
  );
}

/** Undoes several acknowledgements while none of them is sent. */
export function UndoBar() {
  const say = useAlertTexts();
  const held = useHeld();
  if (held.length < 2) return null;
  return (
    <section className={styles.bar} aria-label={say('justTaken')}>
      <Group gap="sm">
        <Text size="sm" role="status">
          ✓ {say('takenAll', { count: held.length })}
        </Text>
        <Button
          size="xs"
          variant="default"
          onClick={() => {
            for (const { alert } of held) heldAnswers.undo(alert);
          }}
        >
          {say('undo')}
        </Button>
      </Group>
    </section>
  );
}
