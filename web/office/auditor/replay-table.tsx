import { Button, Group, Table, Text } from '@mantine/core';
import { useMemo } from 'react';
import type { JournalEntry } from '../../../projections/journal.js';
import type { Day } from '../../../src/domain/calendar.js';
import { dayWords, moneyShort, percentWords } from '../../shared/figures.js';
import { useLanguage } from '../../shared/language.js';
import { useMoment } from '../../shared/moment.js';
import { useParameters } from '../../shared/place.js';
import type { Replay } from '../../shared/replay.js';
import { Section } from '../section.js';
import { useAuditorTexts } from './texts.js';

/** Entries on a page; each is folded with all before it. */
const onPage = 25;

/** A project entry by entry, in the order in which they were recorded, with the figures right after each. */
export function ReplayTable({
  replay,
  today,
  lines,
}: {
  replay: Replay;
  today: Day;
  lines: readonly JournalEntry[];
}) {
  const say = useAuditorTexts();
  const language = useLanguage();
  const [{ asOf = today }] = useMoment();
  const [parameters, change] = useParameters();
  const lastPage = Math.max(0, Math.ceil(lines.length / onPage) - 1);
  const page = Math.min(lastPage, Math.max(0, Math.trunc(Number(parameters.get('page'))) || 0));
  const shown = useMemo(
    () =>
      lines
        .slice(page * onPage, (page + 1) * onPage)
        .map((line) => ({ line, after: replay.at(asOf, line.position) })),
    [lines, page, replay, asOf],
  );
  const turn = (by: 1 | -1) => change({ page: page + by > 0 ? String(page + by) : undefined });
  return (
    <Section title={say('replay')}>
      <Text size="sm">{say('replayHint', { day: dayWords(asOf, language) })}</Text>
      <Table.ScrollContainer minWidth={720} type="native" tabIndex={0} aria-label={say('replay')}>
        <Table striped verticalSpacing={4}>
          <Table.Thead>
            <Table.Tr>
              {(['position', 'entry', 'percent', 'floor', 'ceiling', 'money'] as const).map((head) => (
                <Table.Th key={head}>{say(head)}</Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {shown.map(({ line, after }) => (
              <Table.Tr key={line.id}>
                <Table.Td>{line.position}</Table.Td>
                <Table.Th scope="row" fw={400}>
                  {line.words[language]}
                </Table.Th>
                {(['percentBasisPoints', 'floorBasisPoints', 'ceilingBasisPoints'] as const).map((figure) => (
                  <Table.Td key={figure}>
                    {after?.completion.plan
                      ? percentWords(after.completion[figure], language)
                      : say('nothing')}
                  </Table.Td>
                ))}
                <Table.Td>
                  {after?.investment.sinceStartMinor != null && after.investment.currency
                    ? moneyShort(after.investment.sinceStartMinor, after.investment.currency, language)
                    : say('nothing')}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      <Group gap="xs">
        <Button size="compact-sm" variant="default" disabled={page === 0} onClick={() => turn(-1)}>
          {say('earlier')}
        </Button>
        <Button
          size="compact-sm"
          variant="default"
          disabled={(page + 1) * onPage >= lines.length}
          onClick={() => turn(1)}
        >
          {say('later')}
        </Button>
      </Group>
    </Section>
  );
}
