import { Table, Text } from '@mantine/core';
import { measureWords } from '../../../domain/project/facts/measure-words.js';
import { wholeBasisPoints } from '../../../domain/values/amounts/basis-points.js';
import { nameWords } from '../../../domain/values/words.js';
import type { StatedReport } from '../../../projections/completion/completed.js';
import type { CompletionView, ItemCompletion } from '../../../projections/completion/completion.js';
import { knownDayWords, percentWords } from '../../shared/figures.js';
import { useLanguage } from '../../shared/language.js';
import { Evidence } from '../evidence/evidence.js';
import { RangeBar } from '../parts/range-bar.js';
import { Section } from '../parts/section.js';
import { TakeAlong } from '../take-along/take-along.js';
import { useAuthor } from '../use/authors.js';
import { BoundSources, type LineOf } from './bound-sources.js';
import styles from './project.module.css';
import { itemsSheet, type PositionsOf } from './sheets.js';
import { useProjectTexts } from './texts.js';

/** The work breakdown with weights, ranges and sources, groups above their parts. */
export function Items({
  completion,
  lineOf,
  positions,
  name,
}: {
  completion: CompletionView;
  lineOf: LineOf;
  positions: PositionsOf;
  /** Of the exported file. */
  name: string;
}) {
  const say = useProjectTexts();
  const language = useLanguage();
  const { items, said, grown = [] } = completion;
  if (items.length === 0 && !said) return null;
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
            {said && <WholeLine completion={completion} said={said} lineOf={lineOf} />}
            {items.map((item) => (
              <ItemLine key={item.item} item={item} depth={depthOf(item, items)} lineOf={lineOf} />
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {grown.map(({ words, entries }) => (
        <Text size="sm" key={entries.join()}>
          {words[language]} <Evidence title={say('grown')} entries={entries} />
        </Text>
      ))}
    </Section>
  );
}

/** What was reported of the project as a whole. */
function WholeLine({
  completion,
  said,
  lineOf,
}: {
  completion: CompletionView;
  said: StatedReport;
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
        <RangeBar range={completion} label={`${say('whole')}: ${range}`} />
      </Table.Td>
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
      {[
        measureWords(said.measure)[language],
        knownDayWords(said.asOf, said, language),
        ...(line ? [author(line)] : []),
      ].join(say('comma'))}
    </Text>
  );
}

function ItemLine({ item, depth, lineOf }: { item: ItemCompletion; depth: number; lineOf: LineOf }) {
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
          {percent(middle)} · {item.isCancelled ? say('cancelled') : say(`status.${item.status}`)}
        </Text>
        <RangeBar range={item} label={`${name}: ${range}`} />
      </Table.Td>
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

function depthOf({ parent }: ItemCompletion, items: readonly ItemCompletion[]): number {
  const above = parent === undefined ? undefined : items.find(({ item }) => item === parent);
  return above ? 1 + depthOf(above, items) : 0;
}
