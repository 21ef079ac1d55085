import { Group, Loader, Table, Text, Title } from '@mantine/core';
import { useEffect } from 'react';
import { dayWords } from '../../shared/figures.js';
import { useLanguage } from '../../shared/language.js';
import { useMoment } from '../../shared/moment.js';
import { Failure } from '../failure.js';
import { ProjectLine } from './project-line.js';
import { useRows } from './rows.js';
import { useDistrictTexts } from './texts.js';

/** The first screen: every project as a row. */
export default function District() {
  const say = useDistrictTexts();
  const language = useLanguage();
  const [moment] = useMoment();
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useRows(moment);
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  const rows = data?.pages.flatMap((page) => page.items) ?? [];
  const asOf = data?.pages[0]?.asOf;
  return (
    <>
      <Group align="baseline" gap="md" mb="sm">
        <Title order={2} size="h4">
          {say('title')}
        </Title>
        {asOf && (
          <Text size="sm">
            {say('projects', { count: rows.length })} · {say('asOf', { day: dayWords(asOf, language) })}
          </Text>
        )}
      </Group>
      {error && <Failure error={error} onAgain={() => void refetch()} />}
      {!data && !error && <Loader />}
      {data && rows.length === 0 && <Text>{moment.asOf ? say('noneThen') : say('none')}</Text>}
      {rows.length > 0 && (
        <Table.ScrollContainer minWidth={900} type="native" tabIndex={0}>
          <Table striped>
            <Table.Thead>
              <Table.Tr>
                {(
                  ['name', 'stage', 'completion', 'money', 'light', 'stalledSince', 'lastReport'] as const
                ).map((head) => (
                  <Table.Th key={head}>{say(head)}</Table.Th>
                ))}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {rows.map((row) => (
                <ProjectLine key={row.project} row={row} />
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
    </>
  );
}
