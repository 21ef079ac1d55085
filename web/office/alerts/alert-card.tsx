import { Anchor, Button, Group, Text } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { Link } from 'wouter';
import type { Place } from '../../../domain/access/scope.js';
import { textOfAnswer } from '../../../domain/values/by-language.js';
import { isUuid } from '../../../domain/values/uuid.js';
import { ruleWords } from '../../../projections/alerts/happening-words.js';
import { dayWords, knownDayWords } from '../../shared/figures.js';
import { useLanguage } from '../../shared/language.js';
import { Light } from '../parts/light.js';
import { useAuthor } from '../use/authors.js';
import { AlertAnswer } from './alert-answer.js';
import type { AlertShown } from './alert-answers.js';
import { AlertDetails } from './alert-details.js';
import styles from './alerts.module.css';
import { useAlertTexts } from './texts.js';

interface Props {
  alert: AlertShown;
  isOpen: boolean;
  isFresh: boolean;
  today: string | undefined;
  onToggle: () => void;
}

/** One alert: its project, what is wrong since when, and when an answer is due; expanded, all details. */
export function AlertCard({ alert, isOpen, isFresh, today, onToggle }: Props) {
  const say = useAlertTexts();
  const language = useLanguage();
  const card = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (isOpen) card.current?.scrollIntoView({ block: 'nearest' });
  }, [isOpen]);
  const author = useAuthor();
  const answered = ({ name, by }: { name: string; by: string }) => {
    const person = isUuid(by) ? author({ by }) : name;
    return person === name ? name : say('answeredFor', { name, person });
  };
  const { deadline, acknowledged, silenced, cleared, status, mutedBy } = alert;
  const day = (on: string) => dayWords(on, language);
  const isSilent = silenced && today !== undefined && silenced.until >= today;
  const facts = [
    say('since', { day: knownDayWords(alert.since, alert.sinceExactness, language) }),
    ...(status === 'open' ? [deadline ? say('dueOn', { day: day(deadline.dueOn) }) : say('noDeadline')] : []),
    ...(mutedBy ? [say(alert.rule === 'due-soon' ? 'mutedByAlert' : 'muted')] : []),
    ...(acknowledged
      ? [say('acknowledgedBy', { name: answered(acknowledged), day: day(acknowledged.dueOn) })]
      : []),
    ...(isSilent ? [say('silencedUntil', { day: day(silenced.until), reason: silenced.reason })] : []),
    ...(cleared ? [say('clearedOn', { day: day(cleared.on), reason: cleared.reason })] : []),
  ];
  return (
    <li
      ref={card}
      className={styles.alert}
      data-alert={alert.alert}
      data-severity={alert.severity}
      data-status={status}
      data-fresh={isFresh}
    >
      <Group justify="space-between" gap="xs" wrap="nowrap" align="flex-start">
        <Group gap="0.1rem 0.75rem">
          <Light light={alert.severity} none="" language={language} />
          <Anchor component={Link} href={`/projects/${alert.project}`} fw={600}>
            {alert.of.name}
          </Anchor>
          <Text size="sm" fw={600}>
            {ruleWords[alert.rule][language]}
          </Text>
        </Group>
        <Button size="compact-sm" variant="default" flex="none" aria-expanded={isOpen} onClick={onToggle}>
          {say(isOpen ? 'less' : 'details')}
        </Button>
      </Group>
      <Text size="sm" mt={4}>
        {facts.join(' · ')}
      </Text>
      {!isOpen && (
        <Text size="sm" mt={4} c="var(--soft-ink)">
          {alert.reason}
        </Text>
      )}
      {isOpen && <AlertDetails alert={alert} today={today} />}
      {isOpen && status === 'open' && today && (
        <AlertAnswer alert={alert.alert} place={placeOf(alert)} today={today} />
      )}
    </li>
  );
}

/** Where somebody needs the right to answer an alert. */
function placeOf({ project, of }: AlertShown): Place {
  return { project, district: textOfAnswer(of, 'district') };
}
