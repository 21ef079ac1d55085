import { Anchor, Text, Title } from '@mantine/core';
import { Link } from 'wouter';
import { labelled } from '../../../../domain/values/punctuation.js';
import { severityWords } from '../../../../projections/alerts/happening-words.js';
import { dayWords } from '../../../shared/figures.js';
import { useLanguage } from '../../../shared/language.js';
import { Light } from '../../parts/light.js';
import styles from '../setup.module.css';
import { type BackTestAnswer, headlineOf, type WouldBeShown } from './back-test-sheet.js';
import { useRulesTexts } from './texts.js';

const mostShown = 40;

/** The alerts of a back-test: only under these rules, only under those in force, under both. */
export function Alerts({ found: { alerts, missed } }: { found: BackTestAnswer }) {
  const say = useRulesTexts();
  const lists = [
    ['new', alerts.filter(({ adoptedOn }) => adoptedOn === null)],
    ['missed', missed],
    ['both', alerts.filter(({ adoptedOn }) => adoptedOn !== null)],
  ] as const;
  return lists.map(([name, list]) => (
    <section key={name} aria-label={say(name, { count: list.length })}>
      <Title order={4} size="sm" mt="sm">
        {say(name, { count: list.length })}
      </Title>
      {list.length === 0 && <Text size="sm">{say('none')}</Text>}
      <ul className={styles.rows}>
        {list.slice(0, mostShown).map((alert) => (
          <AlertLine
            key={`${alert.project}/${alert.rule}/${JSON.stringify(alert.subject)}/${alert.raisedOn}`}
            alert={alert}
          />
        ))}
      </ul>
      {list.length > mostShown && <Text size="sm">+ {list.length - mostShown}</Text>}
    </section>
  ));
}

function AlertLine({ alert }: { alert: WouldBeShown }) {
  const say = useRulesTexts();
  const language = useLanguage();
  const { project, name, severity, escalated, raisedOn, clearedOn, adoptedOn, leadDays, reason } = alert;
  const day = (on: string) => dayWords(on, language);
  const facts = [
    labelled(say('raised'), day(raisedOn), language),
    ...escalated.map(({ to, on }) => labelled(severityWords[to][language], day(on), language)),
    clearedOn === null ? say('stands') : labelled(say('cleared'), day(clearedOn), language),
    ...(adoptedOn !== null && adoptedOn !== raisedOn
      ? [labelled(say('compared'), day(adoptedOn), language)]
      : []),
    ...(leadDays === null ? [] : [labelled(say('leadDays'), String(leadDays), language)]),
  ];
  return (
    <li>
      <div>
        <Light light={severity} none="" language={language} />{' '}
        <Anchor component={Link} size="sm" fw={600} href={`/projects/${project}?asOf=${raisedOn}`}>
          {name}
        </Anchor>{' '}
        <Text span size="sm">
          {headlineOf(alert, language)}
        </Text>
        <Text size="xs">{facts.join(' · ')}</Text>
        <Text size="xs">{reason}</Text>
      </div>
    </li>
  );
}
