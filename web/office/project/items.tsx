import { Table, Text } from '@mantine/core';
import { nameWords } from '../../../domain/values/words.js';
import type { CompletionView, ItemCompletion } from '../../../projections/completion/completion.js';
import { markedDay } from '../../../projections/facts/day-marks.js';
import { dayWords, percentWords } from '../../shared/figures.js';
import { useLanguage } from '../../shared/language.js';
import { Evidence } from '../evidence/evidence.js';
import { RangeBar } from '../parts/range-bar.js';
import { Section } from '../parts/section.js';
import { TakeAlong } from '../take-along/take-along.js';
import { measureWords } from './measure-words.js';
import styles from './project.module.css';
import { itemsSheet, type PositionsOf } from './sheets.js';
import { useProjectTexts } from './texts.js';

/** The work breakdown with weights, ranges and sources, groups above their parts. */
export function Items({
  completion,
  positions,
  name,
}: {
  completion: CompletionView;
  positions: PositionsOf;
  /** Of the exported file. */
  name: string;
}) {
  const say = useProjectTexts();
  const language = useLanguage();
  if (completion.items.length === 0) return null;
  const heads = ['item', 'share', 'completion', 'said', 'source'] as const;
  return (
    <Section
      title={say('items')}
      aside={
        <TakeAlong
          what={say('items')}
          name={name}
          table={() => itemsSheet(completion, positions, say, language)}
        />
      }
    >
      <Table.ScrollContainer minWidth={720} type="native" tabIndex={0} aria-label={say('items')}>
        <Table striped verticalSpacing={4}>
          <Table.Thead>
            <Table.Tr>
              {heads.map((head) => (
                <Table.Th key={head} className={head === 'completion' ? styles.wide : undefined}>
                  {say(head)}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {completion.items.map((item) => (
              <ItemLine key={item.item} item={item} depth={depthOf(item, completion.items)} />
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Section>
  );
}

function ItemLine({ item, depth }: { item: ItemCompletion; depth: number }) {
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
        pl={depth > 0 ? `${0.5 + 1.25 * depth}rem` : undefined}
        fw={item.isGroup ? 600 : 400}
      >
        {name}
      </Table.Th>
      <Table.Td>{item.isPlanned ? percent(item.shareBasisPoints) : say('unplanned')}</Table.Td>
      <Table.Td>
        <Text size="sm">
          {percent(middle)} · {say(`status.${item.status}`)}
        </Text>
        <RangeBar range={item} label={`${name}: ${range}`} />
      </Table.Td>
      <Table.Td>
        {item.said && (
          <Text size="sm">
            {measureWords(item.said.measure, language)},{' '}
            {markedDay(dayWords(item.said.asOf, language), item.said, language)}
          </Text>
        )}
      </Table.Td>
      <Table.Td>
        <Evidence title={name} entries={item.entries} />
      </Table.Td>
    </Table.Tr>
  );
}

function depthOf({ parent }: ItemCompletion, items: readonly ItemCompletion[]): number {
  const above = parent === undefined ? undefined : items.find(({ item }) => item === parent);
  return above ? 1 + depthOf(above, items) : 0;
}
