import { Group, Table, Text } from '@mantine/core';
import type { WorkItem } from '../../../../domain/project/events.js';
import type { Day } from '../../../../domain/values/days/calendar.js';
import { useLanguage } from '../../../shared/language.js';
import type { ShownFigures } from '../../../shared/replay/replay.js';
import { Evidence } from '../../evidence/evidence.js';
import { DayKey } from '../../parts/known-day.js';
import { Section } from '../../parts/section.js';
import { timeAxis } from '../../parts/time-axis.js';
import { TakeAlong } from '../../take-along/take-along.js';
import { itemsSheet, type PositionsOf } from '../sheets.js';
import { useProjectTexts } from '../texts.js';
import { type LineOf } from './bound-sources.js';
import { SaveSchedule } from './save-schedule.js';
import { barsOf } from './schedule-bars.js';
import { timeWidth } from './time-cell.js';
import { TimeHead } from './time-head.js';
import styles from './work.module.css';
import { depthOf, ItemLine, OtherLine, WholeLine } from './work-rows.js';

/** Work items and their schedule in one table: groups above their parts, then forecasts and stalls, on one line of time. */
export function WorkTable({
  shown,
  plan,
  asOf,
  lineOf,
  positions,
  name,
}: {
  shown: ShownFigures;
  plan: readonly WorkItem[];
  asOf: Day;
  lineOf: LineOf;
  positions: PositionsOf;
  /** Of the exported file. */
  name: string;
}) {
  const say = useProjectTexts();
  const language = useLanguage();
  const { completion } = shown;
  const { items, said, grown = [] } = completion;
  const bars = barsOf({ shown, plan, asOf }, say, language);
  if (items.length === 0 && !said && bars.length === 0) return null;
  const days = bars.flatMap(({ from, to }) => [from, to]);
  const axis = timeAxis([asOf, ...days], timeWidth);
  // Without a planned day there is nothing to draw beside the items.
  const isDated = bars.some(({ kind }) => kind === 'plan');
  const time = isDated ? { axis, asOf } : undefined;
  const others = bars.filter(({ kind }) => kind !== 'plan');
  const heads = [
    'item',
    'share',
    'completion',
    ...(isDated ? ['schedule' as const] : []),
    'said',
    'source',
  ] as const;
  return (
    <Section
      title={say('work')}
      aside={
        <Group gap="xs">
          <TakeAlong
            what={say('items')}
            name={name}
            table={() => itemsSheet(completion, positions, say, language)}
          />
          {bars.length > 0 && <SaveSchedule shown={shown} bars={bars} asOf={asOf} positions={positions} />}
        </Group>
      }
    >
      <Table.ScrollContainer
        minWidth={isDated ? 1000 : 720}
        type="native"
        tabIndex={0}
        aria-label={say('work')}
      >
        <Table verticalSpacing={4}>
          <Table.Thead>
            <Table.Tr>
              {heads.map((head) => (
                <Table.Th
                  key={head}
                  className={
                    head === 'completion' ? styles.wide : head === 'schedule' ? styles.timeColumn : undefined
                  }
                >
                  {head === 'schedule' ? <TimeHead axis={axis} /> : say(head)}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {said && <WholeLine completion={completion} said={said} time={time} lineOf={lineOf} />}
            {items.map((item) => (
              <ItemLine
                key={item.item}
                item={item}
                depth={depthOf(item, items)}
                bars={bars.filter(({ item: of }) => of === item.item)}
                time={time}
                lineOf={lineOf}
              />
            ))}
            {others.map((bar) => (
              <OtherLine key={bar.key} bar={bar} time={{ axis, asOf }} isDated={isDated} />
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      <DayKey language={language} />
      {grown.map(({ words, entries }) => (
        <Text size="sm" key={entries.join()}>
          {words[language]} <Evidence title={say('grown')} entries={entries} />
        </Text>
      ))}
    </Section>
  );
}
