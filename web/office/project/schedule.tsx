import { Stack, Text } from '@mantine/core';
import type { Forecast } from '../../../projections/forecasts.js';
import { causeWords, nameWords } from '../../../projections/words.js';
import { type Day, dayNumber } from '../../../src/domain/calendar.js';
import type { WorkItem } from '../../../src/domain/events.js';
import { dayWords } from '../../shared/figures.js';
import { type Language, useLanguage } from '../../shared/language.js';
import type { Shown } from '../../shared/replay.js';
import { Evidence } from '../evidence/evidence.js';
import { Section } from '../section.js';
import styles from './project.module.css';
import { type Say, useProjectTexts } from './texts.js';

/** A stretch of days as a bar: what is planned, promised or stood still. */
interface Bar {
  key: string;
  kind: 'plan' | 'forecast' | 'stall';
  name: string;
  note: string;
  from: Day;
  /** The last day; of a stall that is not over, the day shown. */
  to: Day;
  entries: readonly string[];
}

/** Plan, promises and stalls on one axis of days, each promise beside the one before it. */
export function Schedule({ shown, plan, asOf }: { shown: Shown; plan: readonly WorkItem[]; asOf: Day }) {
  const say = useProjectTexts();
  const language = useLanguage();
  const bars = barsOf({ shown, plan, asOf }, say, language);
  const first = Math.min(dayNumber(asOf), ...bars.map(({ from }) => dayNumber(from)));
  const last = Math.max(dayNumber(asOf), ...bars.map(({ to }) => dayNumber(to)));
  const place = (day: Day) => ((dayNumber(day) - first) / Math.max(1, last - first)) * 1000;
  return (
    <Section title={say('schedule')}>
      {bars.length === 0 && <Text size="sm">{say('scheduleEmpty')}</Text>}
      <Stack gap={6}>
        {bars.map(({ key, kind, name, note, from, to, entries }) => (
          <div key={key} className={styles.gantt}>
            <div>
              <Text size="sm" fw={600}>
                {name}
              </Text>
              <Text size="xs">{note}</Text>
            </div>
            <div>
              <svg
                className={styles.track}
                viewBox="0 0 1000 16"
                preserveAspectRatio="none"
                role="img"
                aria-label={`${name}, ${note}: ${dayWords(from, language)} – ${dayWords(to, language)}`}
              >
                <rect className={styles.ground} width="1000" height="16" />
                <rect
                  className={styles[`${kind === 'plan' ? 'planned' : kind}Bar`]}
                  x={place(from)}
                  y="3"
                  width={Math.max(4, place(to) - place(from))}
                  height="10"
                />
                <line className={styles.now} x1={place(asOf)} x2={place(asOf)} y1="0" y2="16" />
              </svg>
              <Text size="xs">
                {dayWords(from, language)} – {dayWords(to, language)}{' '}
                <Evidence title={`${name}, ${note}`} entries={entries} />
              </Text>
            </div>
          </div>
        ))}
      </Stack>
    </Section>
  );
}

function barsOf(
  { shown, plan, asOf }: { shown: Shown; plan: readonly WorkItem[]; asOf: Day },
  say: Say,
  language: Language,
): Bar[] {
  const adopted = shown.completion.plan ? [shown.completion.plan.entry] : [];
  const planned = plan.flatMap((item): Bar[] => {
    const { id, name, plannedStart, plannedFinish } = item;
    const from = plannedStart ?? plannedFinish;
    const to = plannedFinish ?? plannedStart;
    if (!from || !to) return [];
    const bar = { name: nameWords(name, id)[language], note: say('schedule.plan'), from, to };
    return [{ ...bar, key: `plan/${id}`, kind: 'plan', entries: adopted }];
  });
  const forecasts = shown.schedule.forecasts.map((forecast): Bar => {
    const { earliest, latest, saidOn, entry, slip } = forecast;
    return {
      key: `forecast/${entry}`,
      kind: 'forecast',
      name: targetOf(forecast, plan, say, language),
      note: [
        say('schedule.forecast', { day: dayWords(saidOn, language) }),
        slipOf(slip, say),
        forecast.reason,
      ]
        .filter((part) => part)
        .join(' · '),
      from: earliest,
      to: latest,
      entries: slip ? [entry, slip.previousEntry] : [entry],
    };
  });
  const stalls = shown.stalls.episodes.map((episode): Bar => {
    const { stall, cause, from, status, clearedOn, entries } = episode;
    const isOpen = status === 'open';
    const note = say('schedule.stall', { cause: causeWords[cause][language] });
    return {
      key: `stall/${stall}/${from}`,
      kind: 'stall',
      name: say('stands'),
      note: isOpen ? `${note} · ${say('schedule.open')}` : note,
      from,
      to: clearedOn ?? (asOf > from ? asOf : from),
      entries,
    };
  });
  return [...planned, ...forecasts, ...stalls];
}

function targetOf(
  { target, scope }: Forecast,
  plan: readonly WorkItem[],
  say: Say,
  language: Language,
): string {
  const item = plan.find(({ id }) => id === target);
  const name =
    target === 'completion'
      ? say('completionTarget')
      : target === 'production'
        ? say('productionTarget')
        : nameWords(item?.name, target)[language];
  return scope ? `${name} (${scope})` : name;
}

function slipOf(slip: Forecast['slip'], say: Say): string | undefined {
  if (!slip || slip.latestDays === 0) return undefined;
  return say(slip.latestDays > 0 ? 'later' : 'earlier', { count: Math.abs(slip.latestDays) });
}
