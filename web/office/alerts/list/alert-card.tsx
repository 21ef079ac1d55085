import { Button, Checkbox, Text } from '@mantine/core';
import { useEffect, useRef } from 'react';
import type { Place } from '../../../../domain/access/scope.js';
import { textOfAnswer } from '../../../../domain/values/by-language.js';
import { isUuid } from '../../../../domain/values/uuid.js';
import { ruleWords } from '../../../../projections/alerts/happening-words.js';
import { dayWords, knownDayWords } from '../../../shared/figures.js';
import { useLanguage } from '../../../shared/language.js';
import { Light } from '../../parts/light.js';
import { useAuthor } from '../../use/authors.js';
import { AlertAnswer } from '../alert-answer.js';
import type { AlertShown } from '../alert-answers.js';
import { AlertDetails } from '../alert-details.js';
import styles from '../alerts.module.css';
import { useAlertTexts } from '../texts.js';
import { daysLeft } from './groups.js';
import list from './list.module.css';

interface Props {
  alert: AlertShown;
  isOpen: boolean;
  isFresh: boolean;
  today: string | undefined;
  onToggle: () => void;
  /** Absent where the user may not answer it. */
  select?: { isChosen: boolean; choose: (isChosen: boolean) => void } | undefined;
}

/** One alert: what is wrong since when, days left, and who takes it on; expanded, all details. */
export function AlertCard({ alert, isOpen, isFresh, today, onToggle, select }: Props) {
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
  const left = today === undefined ? undefined : daysLeft(alert, today);
  const isSilent = silenced && today !== undefined && silenced.until >= today;
  const facts = [
    say('since', { day: knownDayWords(alert.since, alert.sinceExactness, language) }),
    ...(mutedBy ? [say(alert.rule === 'due-soon' ? 'mutedByAlert' : 'muted')] : []),
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
      <div className={list.line} data-select={select !== undefined}>
        {select && (
          <Checkbox
            aria-label={say('selectOne', { words: alert.reason })}
            checked={select.isChosen}
            onChange={(event) => select.choose(event.currentTarget.checked)}
          />
        )}
        <div>
          <Light light={alert.severity} none="" language={language} />{' '}
          <Text span size="sm" fw={600}>
            {ruleWords[alert.rule][language]}
          </Text>
          {!isOpen && <Text size="sm">{alert.reason}</Text>}
          <Text size="xs" c="var(--quiet)">
            {facts.join(' · ')}
          </Text>
        </div>
        <div>
          {left !== undefined && (
            <Text size="sm" fw={700} className={left < 0 ? list.late : undefined}>
              {left < 0 ? say('overdue', { count: -left }) : say('daysLeft', { count: left })}
            </Text>
          )}
          {status === 'open' && (
            <Text size="xs">{deadline ? say('dueOn', { day: day(deadline.dueOn) }) : say('noDeadline')}</Text>
          )}
        </div>
        <Text size="sm">
          {acknowledged
            ? say('acknowledgedBy', { name: answered(acknowledged), day: day(acknowledged.dueOn) })
            : status === 'open' && say('noOwner')}
        </Text>
        <Button size="compact-sm" variant="default" aria-expanded={isOpen} onClick={onToggle}>
          {say(isOpen ? 'less' : 'details')}
        </Button>
      </div>
      {isOpen && <AlertDetails alert={alert} today={today} />}
      {status === 'open' && today && (
        <AlertAnswer alert={alert.alert} place={placeOf(alert)} today={today} dueOn={deadline?.dueOn} />
      )}
    </li>
  );
}

/** Where somebody needs the right to answer an alert. */
export function placeOf({ project, of }: AlertShown): Place {
  return { project, district: textOfAnswer(of, 'district') };
}
