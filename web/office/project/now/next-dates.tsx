import { Text } from '@mantine/core';
import type { WorkItem } from '../../../../domain/project/events.js';
import { type Day, daysBetween } from '../../../../domain/values/days/calendar.js';
import { nameWords } from '../../../../domain/values/words.js';
import { dayWords } from '../../../shared/figures.js';
import { type Language, useLanguage } from '../../../shared/language.js';
import type { ShownFigures } from '../../../shared/replay/replay.js';
import { Evidence } from '../../evidence/evidence.js';
import { Section } from '../../parts/section.js';
import { useProjectTexts } from '../texts.js';
import { targetName } from '../work/schedule-bars.js';
import styles from './now.module.css';

/** A day to come: a forecast, or a planned finish of unfinished work. */
interface NextDate {
  key: string;
  on: Day;
  name: string;
  kind: 'expected' | 'schedule.plan';
  slipDays: number | null;
  entries: readonly string[];
}

/** How many are listed. */
const listedMost = 4;

/** The next days of a project: what is expected and what is planned, the nearest first. */
export function NextDates({
  shown,
  plan,
  asOf,
}: {
  shown: ShownFigures;
  plan: readonly WorkItem[];
  asOf: Day;
}) {
  const say = useProjectTexts();
  const language = useLanguage();
  const dates = nextDates(shown, plan, asOf, language);
  return (
    <Section title={say('nextDates')}>
      {dates.length === 0 && <Text size="sm">{say('noNextDates')}</Text>}
      <ul className={styles.dates}>
        {dates.slice(0, listedMost).map(({ key, on, name, kind, slipDays, entries }) => (
          <li key={key} className={styles.date}>
            <div>
              <Text size="sm" fw={600}>
                {name}
              </Text>
              <Text size="xs" c="var(--quiet)">
                {say(kind)} · {say('inDays', { count: daysBetween(asOf, on) })}
                {slipDays
                  ? ` · ${say(slipDays > 0 ? 'later' : 'earlier', { count: Math.abs(slipDays) })}`
                  : ''}
              </Text>
            </div>
            <Evidence title={name} entries={entries}>
              {dayWords(on, language)}
            </Evidence>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function nextDates(
  { schedule, completion }: ShownFigures,
  plan: readonly WorkItem[],
  asOf: Day,
  language: Language,
): NextDate[] {
  const latest = new Map(
    schedule.forecasts.map((forecast) => [`${forecast.target}/${forecast.what ?? ''}`, forecast]),
  );
  const expected = [...latest.values()].flatMap((forecast): NextDate[] => {
    const on = forecast.latest ?? forecast.earliest;
    if (on === undefined || on < asOf || forecast.reachedOn !== undefined) return [];
    const { entry, slip } = forecast;
    return [
      {
        key: entry,
        on,
        name: targetName(forecast, plan, language),
        kind: 'expected',
        slipDays: slip?.mostDays ?? null,
        entries: slip ? [slip.previousEntry, entry] : [entry],
      },
    ];
  });
  const done = new Map(completion.items.map(({ item, floorBasisPoints }) => [item, floorBasisPoints]));
  const adopted = completion.plan ? [completion.plan.entry] : [];
  const planned = plan.flatMap(({ id, name, plannedFinish: on }): NextDate[] =>
    on === undefined || on < asOf || done.get(id) === 10_000
      ? []
      : [
          {
            key: `plan/${id}`,
            on,
            name: nameWords(name, id)[language],
            kind: 'schedule.plan',
            slipDays: null,
            entries: adopted,
          },
        ],
  );
  return [...expected, ...planned].sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0));
}
