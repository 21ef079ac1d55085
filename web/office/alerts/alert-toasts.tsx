import { ActionIcon, Anchor, Group, Paper, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { Link } from 'wouter';
import { labelled } from '../../../domain/values/punctuation.js';
import { ruleWords } from '../../../projections/alerts/happening-words.js';
import { daysInWords } from '../../shared/figures.js';
import { currentLanguage, useLanguage } from '../../shared/language.js';
import { useHashPath } from '../../shared/place.js';
import { Light } from '../parts/light.js';
import type { Happening } from './alert-answers.js';
import styles from './alerts.module.css';
import { happenings } from './happenings.js';
import { notify } from './notifications.js';
import { useAlertTexts } from './texts.js';

const shownMs = 15_000;
const shownMost = 3;

/** Shows changes of alerts in a corner of every screen for a while; also for screen readers. */
export function AlertToasts() {
  const say = useAlertTexts();
  const language = useLanguage();
  const queries = useQueryClient();
  // The list shows itself what happened, and nothing covers it.
  const [path] = useHashPath();
  const isListed = path === '/alerts';
  const [news, setNews] = useState<readonly Happening[]>([]);
  const drop = (event: string) => setNews((all) => all.filter((one) => one.event !== event));
  useEffect(
    () =>
      happenings.hear((happened) => {
        void queries.invalidateQueries({ queryKey: ['alerts'] });
        if (happened === 'reset') return;
        const latest = happened.slice(-shownMost).reverse();
        setNews((all) => [...latest, ...all].slice(0, shownMost));
        setTimeout(() => setNews((all) => all.filter((one) => !latest.includes(one))), shownMs);
        const spoken = currentLanguage();
        for (const { alert } of latest.toReversed())
          notify(
            labelled(alert.of.name[spoken], ruleWords[alert.rule][spoken], spoken),
            daysInWords(alert.reason[spoken], spoken),
            alert.alert,
          );
      }),
    [queries],
  );
  return (
    <section
      className={isListed ? 'visually-hidden' : styles.toasts}
      aria-label={say('news')}
      aria-live="polite"
    >
      {news.map(({ event, type, alert }) => (
        <Paper key={event} className={styles.toast} data-alert={alert.alert} withBorder shadow="md" p="sm">
          <Group justify="space-between" wrap="nowrap">
            <Text fw={600} size="sm">
              {say(type)}
            </Text>
            <ActionIcon
              variant="subtle"
              color="var(--ink)"
              aria-label={say('close')}
              onClick={() => drop(event)}
            >
              ×
            </ActionIcon>
          </Group>
          <Group gap="xs">
            <Light light={alert.severity} none="" language={language} />
            <Text size="sm">
              {alert.of.name[language]} · {ruleWords[alert.rule][language]}
            </Text>
          </Group>
          <Anchor
            component={Link}
            href={`/alerts?alert=${alert.alert}`}
            size="sm"
            onClick={() => drop(event)}
          >
            {say('see')}
          </Anchor>
        </Paper>
      ))}
    </section>
  );
}
