import { Button, Checkbox } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import type { Place } from '../../../../domain/access/scope.js';
import { textOfAnswer } from '../../../../domain/values/by-language.js';
import { ruleWords, severityWords } from '../../../../projections/alerts/happening-words.js';
import { daysInWords, dayWords, shortDayWords } from '../../../shared/figures.js';
import { useLanguage } from '../../../shared/language.js';
import { useMay } from '../../use/self.js';
import { AnswerForm, type AnswerWay } from '../alert-answer.js';
import type { AlertShown } from '../alert-answers.js';
import { AlertDetails } from '../alert-details.js';
import { useHeldOf } from '../held/use-held.js';
import { SaidNo } from '../said-no.js';
import { useAlertTexts } from '../texts.js';
import { answerDay, daysLeft } from './groups.js';
import { JustTaken, Owner } from './owner.js';
import styles from './rows.module.css';

/** What the rows of a list have in common. */
export interface RowsHere {
  today: string | undefined;
  /** The alert whose details are open. */
  opened: string | undefined;
  fresh: ReadonlySet<string>;
  selected: ReadonlySet<string>;
  choose: (alerts: readonly string[], isChosen: boolean) => void;
  onOpen: (alert: string | undefined) => void;
  /** Acknowledges in the name of the user; false if it is not known. */
  take: (alerts: readonly AlertShown[]) => boolean;
}

/** One alert: what is wrong and what resolves it, whose duty, days left, owner; it is answered here. */
export function AlertRow({ alert, here }: { alert: AlertShown; here: RowsHere }) {
  const say = useAlertTexts();
  const language = useLanguage();
  const may = useMay();
  const row = useRef<HTMLLIElement>(null);
  const { held, error } = useHeldOf(alert);
  const [way, setWay] = useState<AnswerWay>();
  const { today } = here;
  const isOpened = here.opened === alert.alert;
  useEffect(() => {
    if (isOpened) row.current?.scrollIntoView({ block: 'nearest' });
  }, [isOpened]);
  const place = placeOf(alert);
  const isOpen = alert.status === 'open' && today !== undefined;
  const mayTake = isOpen && may('alerts-answer', place);
  const isOwned = alert.acknowledged !== undefined || held !== undefined;
  const { deadline } = alert;
  return (
    <li
      ref={row}
      tabIndex={-1}
      className={styles.alert}
      data-alert={alert.alert}
      data-severity={alert.severity}
      data-status={alert.status}
      data-fresh={here.fresh.has(alert.alert)}
      data-selected={here.selected.has(alert.alert)}
    >
      <div className={styles.line}>
        {mayTake ? (
          <Checkbox
            className={styles.check}
            aria-label={say('selectOne', { words: daysInWords(alert.reason, language) })}
            checked={here.selected.has(alert.alert)}
            onChange={(event) => here.choose([alert.alert], event.currentTarget.checked)}
          />
        ) : (
          <span />
        )}
        <div className={styles.what}>
          <div>
            <strong>
              <span className={styles.colour}>{severityWords[alert.severity][language]}</span>{' '}
              {ruleWords[alert.rule][language]}
            </strong>{' '}
            <span>{daysInWords(alert.reason, language)}</span>
          </div>
          <div className={styles.quiet}>
            {[
              daysInWords(alert.clears ?? '', language),
              ...quietWords(alert, today, say, (on) => dayWords(on, language)),
            ]
              .filter(Boolean)
              .join(' · ')}
          </div>
        </div>
        <div className={styles.duty}>{deadline?.duty.words}</div>
        <DaysLeft alert={alert} today={today} />
        <Owner alert={alert} held={held} />
        <div className={styles.acts}>
          {mayTake && held?.state !== 'held' && (
            <Button
              size="xs"
              data-act="acknowledge"
              variant={isOwned ? 'default' : 'filled'}
              loading={held?.state === 'sending'}
              onClick={() => here.take([alert]) || setWay('acknowledge')}
            >
              {say('acknowledge')}
            </Button>
          )}
          {isOpen && may('alerts-silence', place) && (
            <Button size="xs" data-act="silence" variant="default" onClick={() => setWay('silence')}>
              {say('silence')}
            </Button>
          )}
          <Button
            size="xs"
            variant="subtle"
            aria-expanded={isOpened}
            onClick={() => here.onOpen(isOpened ? undefined : alert.alert)}
          >
            {say(isOpened ? 'less' : 'details')}
          </Button>
        </div>
      </div>
      {held && <JustTaken key={held.id} held={held} />}
      <SaidNo error={error} />
      {way && today && (
        <AnswerForm
          key={way}
          alert={alert.alert}
          way={way}
          day={answerDay(alert, today)}
          onEnd={() => {
            setWay(undefined);
            row.current?.focus();
          }}
        />
      )}
      {isOpened && <AlertDetails alert={alert} today={today} />}
    </li>
  );
}

/** Days left or overdue, with the day. */
export function DaysLeft({
  alert,
  today,
}: {
  alert: Pick<AlertShown, 'deadline' | 'status' | 'cleared'>;
  today: string | undefined;
}) {
  const say = useAlertTexts();
  const language = useLanguage();
  const left = today === undefined ? undefined : daysLeft(alert, today);
  const { deadline, cleared } = alert;
  return (
    <div className={styles.due}>
      {left !== undefined && (
        <strong data-late={left < 0}>
          {left < 0 ? say('overdue', { count: -left }) : say('daysLeft', { count: left })}
        </strong>
      )}
      <div className={styles.quiet}>
        {cleared
          ? say('clearedOn', {
              day: dayWords(cleared.on, language),
              reason: daysInWords(cleared.reason, language),
            })
          : deadline
            ? say('dueOn', { day: shortDayWords(deadline.dueOn, today ?? '', language) })
            : say('noDeadline')}
      </div>
    </div>
  );
}

/** Why nobody is told of an alert for now. */
function quietWords(
  { mutedBy, silenced, rule }: AlertShown,
  today: string | undefined,
  say: ReturnType<typeof useAlertTexts>,
  day: (on: string) => string,
): string[] {
  const isSilent = silenced && today !== undefined && silenced.until >= today;
  return [
    ...(mutedBy ? [say(rule === 'due-soon' ? 'mutedByAlert' : 'muted')] : []),
    ...(isSilent ? [say('silencedUntil', { day: day(silenced.until), reason: silenced.reason })] : []),
  ];
}

/** Where somebody needs the right to answer an alert. */
export function placeOf({ project, of }: AlertShown): Place {
  return { project, district: textOfAnswer(of, 'district') };
}
