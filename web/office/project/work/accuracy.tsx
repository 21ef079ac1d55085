import { Table, Title } from '@mantine/core';
import type { ForecastAccuracy } from '../../../../projections/schedule/forecast-accuracy.js';
import { useProjectTexts } from '../texts.js';

/** How near the forecasts of each source came, as far as their days are known. */
export function Accuracy({ accuracy }: { accuracy: readonly ForecastAccuracy[] }) {
  const say = useProjectTexts();
  if (accuracy.length === 0) return null;
  const deviation = (days: number) =>
    days === 0 ? say('onItsDay') : say(days > 0 ? 'lateDays' : 'earlyDays', { count: Math.abs(days) });
  return (
    <Table.ScrollContainer minWidth={480} type="native" tabIndex={0} aria-label={say('accuracy')} mt="sm">
      <Title order={4} size="sm">
        {say('accuracy')}
      </Title>
      <Table aria-label={say('accuracy')}>
        <Table.Thead>
          <Table.Tr>
            {(['accuracySource', 'accuracyKnown', 'accuracyKept', 'accuracyLate'] as const).map((name) => (
              <Table.Th key={name}>{say(name)}</Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {accuracy.map(({ source, known, kept, meanLateDays }) => (
            <Table.Tr key={source}>
              <Table.Th scope="row">{source}</Table.Th>
              <Table.Td>{known}</Table.Td>
              <Table.Td>{kept}</Table.Td>
              <Table.Td>{deviation(meanLateDays)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
