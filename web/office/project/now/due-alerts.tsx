import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import type { ByLanguage } from '../../../../domain/values/by-language.js';
import { dayNumber } from '../../../../domain/values/days/calendar.js';
import { ruleWords } from '../../../../projections/alerts/happening-words.js';
import { alertFigure } from '../../../../projections/explanation/alert-figure.js';
import { ask } from '../../../shared/ask.js';
import { daysInWords, dayWords, knownDayWords } from '../../../shared/figures.js';
import { useLanguage } from '../../../shared/language.js';
import type { ShownFigures } from '../../../shared/replay/replay.js';
import { AlertAnswer } from '../../alerts/alert-answer.js';
import type { AlertShown, AlertsAnswer } from '../../alerts/alert-answers.js';
import { happenings } from '../../alerts/happenings.js';
import { Evidence } from '../../evidence/evidence.js';
import { Light } from '../../parts/light.js';
import { Section } from '../../parts/section.js';
import { useToday } from '../../use/today.js';
import { useProjectTexts } from '../texts.js';
import styles from './now.module.css';

type Due = ShownFigures['alerts']['due'][number];

/** The alerts that the rules make due, with the arithmetic and the entries behind them; those of today are answered here. */
export function DueAlerts({
  project,
  district,
  due,
  isPresent,
}: {
  project: string;
  /** Of the project. */
  district: ByLanguage | undefined;
  due: readonly Due[];
  isPresent: boolean;
}) {
  const say = useProjectTexts();
  const language = useLanguage();
  const open = useQuery({
    queryKey: ['alerts', 'of-project', project, language],
    queryFn: ({ signal }) =>
      ask<AlertsAnswer>(
        '/alerts',
        { project, status: 'open', limit: 100, after: happenings.position || undefined },
        signal,
      ),
    enabled: isPresent && due.length > 0,
  });
  const alertOf = ({ rule, anchor }: Due) =>
    isPresent ? open.data?.items.find((alert) => alert.rule === rule && alert.anchor === anchor) : undefined;
  return (
    <Section title={say('alerts')}>
      {due.length === 0 && <Text size="sm">{say('noAlerts')}</Text>}
      <ul className={styles.list}>
        {due.map((one) => (
          <li key={`${one.rule}/${one.anchor}`} className={styles.alert} data-severity={one.severity}>
            <Light light={one.severity} none="" language={language} />{' '}
            <Text span size="sm" fw={600}>
              {daysInWords(one.reason[language], language)}
            </Text>
            <AlertState alert={alertOf(one)} place={{ project, district }} />
            <Text size="xs" component="div">
              {say('since', { day: knownDayWords(one.since, one.sinceExactness, language) })} ·{' '}
              <Evidence title={say('alerts')} entries={one.evidence} />
              <Evidence
                title={ruleWords[one.rule][language]}
                figure={alertFigure(one)}
                entries={one.evidence}
              >
                {say('whyDue')}
              </Evidence>
            </Text>
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** By when an alert is to be answered, who took it on, and the buttons to answer it. */
function AlertState({
  alert,
  place,
}: {
  alert: AlertShown | undefined;
  place: { project: string; district: ByLanguage | undefined };
}) {
  const say = useProjectTexts();
  const language = useLanguage();
  const today = useToday();
  if (!alert || !today) return null;
  const { deadline, acknowledged, silenced } = alert;
  const left = deadline && dayNumber(deadline.dueOn) - dayNumber(today);
  return (
    <>
      {alert.clears && (
        <Text size="xs" c="var(--quiet)">
          {daysInWords(alert.clears, language)}
        </Text>
      )}
      <Text size="sm">
        {left === undefined ? (
          say('noDeadline')
        ) : (
          <strong className={left < 0 ? styles.late : undefined}>
            {left < 0 ? say('overdue', { count: -left }) : say('daysLeft', { count: left })}
          </strong>
        )}
        {deadline && ` · ${say('answerBy', { day: dayWords(deadline.dueOn, language) })}`}
      </Text>
      {acknowledged && (
        <Text size="sm">
          {say('owner', { name: acknowledged.name, day: dayWords(acknowledged.dueOn, language) })}
        </Text>
      )}
      {silenced && silenced.until >= today && (
        <Text size="sm">{say('silent', { day: dayWords(silenced.until, language) })}</Text>
      )}
      <AlertAnswer alert={alert.alert} place={place} today={today} dueOn={deadline?.dueOn} />
      <Link className={styles.more} href={`/alerts?project=${alert.project}&alert=${alert.alert}`}>
        {say('openAlert')}
      </Link>
    </>
  );
}
