import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type Day, daysBetween } from '../../../../domain/values/days/calendar.js';
import { listed } from '../../../../domain/values/punctuation.js';
import type { DueDay } from '../../../../src/app/alerts/alerts.js';
import { shortDayWords } from '../../../shared/figures.js';
import { useLanguage } from '../../../shared/language.js';
import { needsQuery } from '../needs/needs-query.js';
import { useDistrictTexts } from '../texts.js';
import { Tile } from './tile.js';
import styles from './tiles.module.css';

/** How many days are drawn, today first. */
const daysDrawn = 28;
/** How many of the days after the first are named. */
const namedMost = 2;

/** The next days by which somebody is to act, as marks on the coming four weeks. */
export function DueTile() {
  const say = useDistrictTexts();
  const language = useLanguage();
  const { data, isError } = useQuery(needsQuery);
  return (
    <Tile title={say('due')} href="#/alerts">
      {data ? <Due due={data.due} today={data.today} /> : !isError && <Skeleton height="5rem" />}
      {isError && (
        <p className={styles.figure} data-figure>
          –
        </p>
      )}
    </Tile>
  );

  function Due({ due, today }: { due: readonly DueDay[]; today: Day }) {
    const late = due.filter(({ on }) => on < today).reduce((sum, { projects }) => sum + projects, 0);
    const coming = due.filter(({ on }) => on >= today);
    const [next, ...later] = coming;
    const inWords = ({ on, projects }: DueDay) =>
      say('dueOn', { day: shortDayWords(on, today, language), count: projects });
    return (
      <>
        <p className={styles.figure} data-figure>
          {next ? shortDayWords(next.on, today, language) : say('dueNone')}
        </p>
        <Weeks due={coming} today={today} label={listed(coming.map(inWords), language) || say('dueNone')} />
        {next && (
          <p className={styles.small}>
            {[
              `${say('daysLeft', { count: daysBetween(today, next.on) })}, ${say('projects', { count: next.projects })}`,
              ...later.slice(0, namedMost).map(inWords),
            ].join(' · ')}
          </p>
        )}
        {late > 0 && (
          <p className={styles.change} data-worse="true">
            {say('dueLate', { count: late })}
          </p>
        )}
      </>
    );
  }
}

/** One cell a day; the filled ones have a deadline. */
function Weeks({ due, today, label }: { due: readonly DueDay[]; today: Day; label: string }) {
  const byDay = new Map(due.map((day) => [daysBetween(today, day.on), day]));
  return (
    <div className={styles.days} role="img" aria-label={label}>
      {Array.from({ length: daysDrawn }, (_, day) => (
        <i key={day} data-light={byDay.get(day)?.severity} data-today={day === 0} />
      ))}
    </div>
  );
}
