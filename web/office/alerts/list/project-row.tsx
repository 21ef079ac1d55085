import { Anchor, Button, Checkbox, Title } from '@mantine/core';
import { type ReactNode, useId } from 'react';
import { Link } from 'wouter';
import { type Severity, severities } from '../../../../domain/governance/rules.js';
import { ruleWords, severityWords } from '../../../../projections/alerts/happening-words.js';
import { useLanguage } from '../../../shared/language.js';
import { useMay } from '../../use/self.js';
import type { AlertShown } from '../alert-answers.js';
import { useAlertTexts } from '../texts.js';
import { AlertRow, DaysLeft, placeOf, type RowsHere } from './alert-row.js';
import type { ProjectAlerts } from './choice.js';
import styles from './rows.module.css';

/** The alerts of a project under its name; folded, it says the first of them and how many there are. */
export function ProjectRow({
  group,
  isUnfolded,
  onFold,
  here,
}: {
  group: Pick<ProjectAlerts, 'project' | 'of' | 'alerts'>;
  isUnfolded: boolean;
  onFold: (isUnfolded: boolean) => void;
  here: RowsHere;
}) {
  const say = useAlertTexts();
  const language = useLanguage();
  const may = useMay();
  const id = useId();
  const { project, of, alerts } = group;
  const [first] = alerts;
  if (!first) return null;
  const own = alerts.filter((alert) => alert.status === 'open' && may('alerts-answer', placeOf(alert)));
  const chosen = own.filter(({ alert }) => here.selected.has(alert)).length;
  const free = own.filter(({ acknowledged }) => acknowledged === undefined);
  return (
    <li className={styles.project} data-project={project}>
      <div className={styles.head} data-unfolded={isUnfolded}>
        {own.length > 0 ? (
          <Checkbox
            className={styles.check}
            aria-label={say('selectAll', { name: of.name })}
            checked={chosen === own.length}
            indeterminate={chosen > 0 && chosen < own.length}
            onChange={(event) =>
              here.choose(
                own.map(({ alert }) => alert),
                event.currentTarget.checked,
              )
            }
          />
        ) : (
          <span />
        )}
        <button
          type="button"
          className={styles.fold}
          aria-expanded={isUnfolded}
          aria-label={say(isUnfolded ? 'fold' : 'unfold', { name: of.name })}
          onClick={() => onFold(!isUnfolded)}
        >
          <span aria-hidden="true">{isUnfolded ? '▾' : '▸'}</span>
        </button>
        <Title order={3} className={styles.name} id={id}>
          <Anchor component={Link} href={`/projects/${project}`} inherit>
            {of.name}
          </Anchor>
        </Title>
        <span className={styles.counts}>
          {countsOf(alerts).map(([severity, count]) => (
            <span key={severity} data-light={severity}>
              {severityWords[severity][language]} {count}
            </span>
          ))}
        </span>
        {!isUnfolded && (
          <FoldedFacts first={first} more={alerts.length - 1} today={here.today}>
            {free.length > 0 && (
              <Button size="xs" variant="default" onClick={() => here.take(free) || onFold(true)}>
                {say('acknowledgeAll', { count: free.length })}
              </Button>
            )}
          </FoldedFacts>
        )}
      </div>
      {isUnfolded && (
        <ul className={styles.alerts} aria-labelledby={id}>
          {alerts.map((alert) => (
            <AlertRow key={alert.alert} alert={alert} here={here} />
          ))}
        </ul>
      )}
    </li>
  );
}

function FoldedFacts({
  first,
  more,
  today,
  children,
}: {
  first: AlertShown;
  more: number;
  today: string | undefined;
  children: ReactNode;
}) {
  const say = useAlertTexts();
  const language = useLanguage();
  const words = ruleWords[first.rule][language];
  return (
    <>
      <span className={styles.first}>{more > 0 ? say('andMore', { words, count: more }) : words}</span>
      <DaysLeft alert={first} today={today} />
      <span className={styles.acts}>{children}</span>
    </>
  );
}

/** How many open alerts there are of each severity, the gravest first; none of 0. */
function countsOf(alerts: readonly AlertShown[]): [Severity, number][] {
  return severities
    .toReversed()
    .map((severity): [Severity, number] => [
      severity,
      alerts.filter((alert) => alert.severity === severity && alert.status === 'open').length,
    ])
    .filter(([, count]) => count > 0);
}
