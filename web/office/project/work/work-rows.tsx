import { Table, Text } from '@mantine/core';
import { measureWords } from '../../../../domain/project/facts/measure-words.js';
import { wholeBasisPoints } from '../../../../domain/values/amounts/basis-points.js';
import type { Day } from '../../../../domain/values/days/calendar.js';
import { inRow, labelled, listed } from '../../../../domain/values/punctuation.js';
import { nameWords } from '../../../../domain/values/words.js';
import type { StatedReport } from '../../../../projections/completion/completed.js';
import type { CompletionView, ItemCompletion } from '../../../../projections/completion/completion.js';
import { percentWords } from '../../../shared/figures.js';
import { useLanguage } from '../../../shared/language.js';
import { Evidence } from '../../evidence/evidence.js';
import { KnownDay } from '../../parts/known-day.js';
import { RangeBar } from '../../parts/range-bar.js';
import { type TimeAxis } from '../../parts/time-axis.js';
import { useAuthor } from '../../use/authors.js';
import { useProjectTexts } from '../texts.js';
import { BoundSources, type LineOf } from './bound-sources.js';
import { type Bar, barDays } from './schedule-bars.js';
import { nowStyle, TimeCell } from './time-cell.js';
import styles from './work.module.css';

/** The common line of time, and the day shown. */
interface Time {
  axis: TimeAxis;
  asOf: Day;
}

/** What was reported of the project as a whole. */
export function WholeLine({
  completion,
  said,
  time,
  lineOf,
}: {
  completion: CompletionView;
  said: StatedReport;
  time: Time | undefined;
  lineOf: LineOf;
}) {
  const say = useProjectTexts();
  const language = useLanguage();
  const percent = (basisPoints: number) => percentWords(basisPoints, language);
  const { floorBasisPoints, percentBasisPoints, ceilingBasisPoints, setBy } = completion;
  const range = say('range', {
    percent: percent(percentBasisPoints),
    floor: percent(floorBasisPoints),
    ceiling: percent(ceilingBasisPoints),
  });
  return (
    <Table.Tr>
      <Table.Th scope="row">{say('whole')}</Table.Th>
      <Table.Td>{percent(wholeBasisPoints)}</Table.Td>
      <Table.Td>
        <Text size="sm">
          {percent(percentBasisPoints)} · {say('status.stated')}
        </Text>
        <RangeBar range={completion} label={labelled(say('whole'), range, language)} />
      </Table.Td>
      {time && <Table.Td className={styles.days} style={nowStyle(time.axis, time.asOf)} />}
      <Table.Td>
        <Said said={said} lineOf={lineOf} />
        <BoundSources of={completion} lineOf={lineOf} />
      </Table.Td>
      <Table.Td>
        <Evidence
          title={say('whole')}
          figure="percent"
          entries={[said.entry, ...Object.values(setBy ?? {})]}
        />
      </Table.Td>
    </Table.Tr>
  );
}

/** A report as it was made: how far, on which day, by whom. */
function Said({ said, lineOf }: { said: StatedReport; lineOf: LineOf }) {
  const say = useProjectTexts();
  const language = useLanguage();
  const author = useAuthor();
  const line = lineOf(said.entry);
  return (
    <Text size="sm">
      {measureWords(said.measure)[language] + say('comma')}
      <KnownDay day={said.asOf} known={said} language={language} />
      {line && say('comma') + author(line)}
    </Text>
  );
}

/** A work item: its weight, completion, planned days with what is done of them, and latest report. */
export function ItemLine({
  item,
  depth,
  bars,
  time,
  lineOf,
}: {
  item: ItemCompletion;
  depth: number;
  /** Of the item: its plan and its forecasts. */
  bars: readonly Bar[];
  time: Time | undefined;
  lineOf: LineOf;
}) {
  const say = useProjectTexts();
  const language = useLanguage();
  const percent = (basisPoints: number) => percentWords(basisPoints, language);
  const name = nameWords(item.name, item.item)[language];
  const { floorBasisPoints: floor, percentBasisPoints: middle, ceilingBasisPoints: ceiling } = item;
  const range = say('range', { percent: percent(middle), floor: percent(floor), ceiling: percent(ceiling) });
  return (
    <Table.Tr>
      <Table.Th
        scope="row"
        className={styles.name}
        pl={depth > 0 ? `${0.5 + 1.25 * depth}rem` : undefined}
        fw={item.isGroup ? 600 : 400}
      >
        {name}
      </Table.Th>
      <Table.Td className={styles.share}>
        {item.isPlanned ? percent(item.shareBasisPoints) : say('unplanned')}
      </Table.Td>
      <Table.Td>
        <Text size="sm">
          {percent(middle)} · {item.isCancelled ? say('cancelled') : say(`status.${item.status}`)}
        </Text>
        <RangeBar range={item} label={labelled(name, range, language)} />
      </Table.Td>
      {time && (
        <Table.Td className={styles.days} style={nowStyle(time.axis, time.asOf)}>
          {bars.length > 0 ? (
            <TimeCell
              bars={bars}
              done={item}
              axis={time.axis}
              label={inRow(
                bars.map((bar) =>
                  labelled(listed([name, bar.note], language), barDays(bar, say, language), language),
                ),
                language,
              )}
            />
          ) : (
            !item.isGroup && (
              <Text size="xs" c="var(--quiet)">
                {say('noDay')}
              </Text>
            )
          )}
        </Table.Td>
      )}
      <Table.Td>
        {item.said && <Said said={item.said} lineOf={lineOf} />}
        <BoundSources of={item} lineOf={lineOf} />
      </Table.Td>
      <Table.Td>
        <Evidence
          title={name}
          figure={item.isPlanned ? `percent:${item.item}` : undefined}
          entries={item.entries}
        />
      </Table.Td>
    </Table.Tr>
  );
}

/** A forecast or a stall, with what was said of it. */
export function OtherLine({ bar, time, isDated }: { bar: Bar; time: Time; isDated: boolean }) {
  const say = useProjectTexts();
  const language = useLanguage();
  const { name, note, entries } = bar;
  const days = barDays(bar, say, language);
  return (
    <Table.Tr>
      <Table.Th scope="row" className={styles.name} fw={400} colSpan={2}>
        {name}
        {!isDated && <Text size="sm">{note}</Text>}
      </Table.Th>
      {isDated && (
        <Table.Td>
          <Text size="sm">{note}</Text>
        </Table.Td>
      )}
      <Table.Td className={styles.days} style={nowStyle(time.axis, time.asOf)}>
        <TimeCell
          bars={[bar]}
          axis={time.axis}
          label={labelled(listed([name, note], language), days, language)}
        />
      </Table.Td>
      <Table.Td>
        <Text size="sm">{days}</Text>
      </Table.Td>
      <Table.Td>
        <Evidence title={`${name}, ${note}`} entries={entries} />
      </Table.Td>
    </Table.Tr>
  );
}

/** How many groups an item is within. */
export function depthOf({ parent }: ItemCompletion, items: readonly ItemCompletion[]): number {
  const above = parent === undefined ? undefined : items.find(({ item }) => item === parent);
  return above ? 1 + depthOf(above, items) : 0;
}
