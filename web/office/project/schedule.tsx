import { Button, Group, Stack, Text } from '@mantine/core';
import type { WorkItem } from '../../../domain/project/events.js';
import { type Day, dayNumber } from '../../../domain/values/days/calendar.js';
import { nameWords } from '../../../domain/values/words.js';
import { dayWords, knownDayWords } from '../../shared/figures.js';
import { useLanguage } from '../../shared/language.js';
import type { ShownFigures } from '../../shared/replay/replay.js';
import { Evidence } from '../evidence/evidence.js';
import { Section } from '../parts/section.js';
import { TakeAlong } from '../take-along/take-along.js';
import { savePng, saveSvg } from '../use/image-files.js';
import { Accuracy } from './accuracy.js';
import { Baselines } from './baselines.js';
import styles from './project.module.css';
import { barsOf } from './schedule-bars.js';
import { scheduleImage } from './schedule-image.js';
import { type PositionsOf, scheduleSheet } from './sheets.js';
import { useProjectTexts } from './texts.js';

/** Plan, forecasts and stalls on one time axis, each forecast beside the one before it. */
export function Schedule({
  shown,
  plan,
  asOf,
  positions,
}: {
  shown: ShownFigures;
  plan: readonly WorkItem[];
  asOf: Day;
  positions: PositionsOf;
}) {
  const say = useProjectTexts();
  const language = useLanguage();
  const bars = barsOf({ shown, plan, asOf }, say, language);
  const first = Math.min(dayNumber(asOf), ...bars.map(({ from }) => dayNumber(from)));
  const last = Math.max(dayNumber(asOf), ...bars.map(({ to }) => dayNumber(to)));
  const place = (day: Day) => ((dayNumber(day) - first) / Math.max(1, last - first)) * 1000;
  const fileName = `${shown.project}-${say('schedule')}-${asOf}`;
  const image = () => {
    const name = nameWords(shown.details.name, shown.project ?? '')[language];
    return scheduleImage(bars, asOf, `${name} · ${say('schedule')}`, (day) => dayWords(day, language));
  };
  return (
    <Section
      title={say('schedule')}
      aside={
        bars.length > 0 && (
          <Group gap={4}>
            {(['png', 'svg'] as const).map((kind) => (
              <Button
                key={kind}
                size="compact-xs"
                variant="default"
                className="not-printed"
                aria-label={`${say('saveImage', { kind: kind.toUpperCase() })}: ${say('schedule')}`}
                onClick={() => void (kind === 'png' ? savePng : saveSvg)(image(), fileName)}
              >
                {kind.toUpperCase()}
              </Button>
            ))}
            <TakeAlong
              what={say('schedule')}
              name={fileName}
              table={() => scheduleSheet(bars, positions, say, language)}
            />
          </Group>
        )
      }
    >
      {bars.length === 0 && <Text size="sm">{say('scheduleEmpty')}</Text>}
      <Stack gap={6}>
        {bars.map(({ key, kind, name, note, from, fromExactness, to, toExactness, entries }) => (
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
                {knownDayWords(from, fromExactness, language)} – {knownDayWords(to, toExactness, language)}{' '}
                <Evidence title={`${name}, ${note}`} entries={entries} />
              </Text>
            </div>
          </div>
        ))}
      </Stack>
      <Accuracy accuracy={shown.schedule.accuracy ?? []} />
      <Baselines baselines={shown.schedule.baselines ?? []} plan={plan} />
    </Section>
  );
}
