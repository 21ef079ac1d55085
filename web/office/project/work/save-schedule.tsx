import { Button, Group } from '@mantine/core';
import type { Day } from '../../../../domain/values/days/calendar.js';
import { labelled } from '../../../../domain/values/punctuation.js';
import { nameWords } from '../../../../domain/values/words.js';
import { dayWords } from '../../../shared/figures.js';
import { useLanguage } from '../../../shared/language.js';
import type { ShownFigures } from '../../../shared/replay/replay.js';
import { TakeAlong } from '../../take-along/take-along.js';
import { savePng, saveSvg } from '../../use/image-files.js';
import { type PositionsOf, scheduleSheet } from '../sheets.js';
import { useProjectTexts } from '../texts.js';
import { type Bar, barDays } from './schedule-bars.js';
import { scheduleImage } from './schedule-image.js';

/** Offers the schedule as an image, a drawing and a table. */
export function SaveSchedule({
  shown,
  bars,
  asOf,
  positions,
}: {
  shown: ShownFigures;
  bars: readonly Bar[];
  asOf: Day;
  positions: PositionsOf;
}) {
  const say = useProjectTexts();
  const language = useLanguage();
  const fileName = `${shown.project}-${say('schedule')}-${asOf}`;
  const image = () => {
    const name = nameWords(shown.details.name, shown.project ?? '')[language];
    return scheduleImage(
      bars,
      asOf,
      `${name} · ${say('schedule')}`,
      (day) => dayWords(day, language),
      (bar) => barDays(bar, say, language),
    );
  };
  return (
    <Group gap={4}>
      {(['png', 'svg'] as const).map((kind) => (
        <Button
          key={kind}
          size="compact-xs"
          variant="default"
          className="not-printed"
          aria-label={labelled(say('saveImage', { kind: kind.toUpperCase() }), say('schedule'), language)}
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
  );
}
