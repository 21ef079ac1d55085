import { NativeSelect, Stack, Table, Text } from '@mantine/core';
import { useState } from 'react';
import type { WorkItem } from '../../../../domain/project/events.js';
import type { Baseline } from '../../../../projections/schedule/baselines.js';
import { dayWords } from '../../../shared/figures.js';
import { type Language, useLanguage } from '../../../shared/language.js';
import { Evidence } from '../../evidence/evidence.js';
import { type Say, useProjectTexts } from '../texts.js';
import { targetName } from './schedule-bars.js';

/** The slips against a chosen baseline, which stay when the project is planned again. */
export function Baselines({
  baselines,
  plan,
}: {
  baselines: readonly Baseline[];
  plan: readonly WorkItem[];
}) {
  const say = useProjectTexts();
  const language = useLanguage();
  const [chosen, setChosen] = useState(0);
  const baseline = baselines[chosen] ?? baselines[0];
  if (!baseline) return null;
  return (
    <Stack gap="xs" mt="sm">
      <NativeSelect
        label={say('baseline')}
        size="xs"
        value={chosen}
        onChange={(event) => setChosen(Number(event.currentTarget.value))}
        data={baselines.map(({ name, version }, index) => ({
          value: String(index),
          label: say('baselineName', { name, version }),
        }))}
      />
      {baseline.slips.length === 0 && <Text size="sm">{say('baselineNothing')}</Text>}
      {baseline.slips.length > 0 && (
        <Table.ScrollContainer minWidth={480}>
          <Table>
            <Table.Thead>
              <Table.Tr>
                {(['target', 'baselineOn', 'plannedOn', 'forecastOn', 'source'] as const).map((name) => (
                  <Table.Th key={name}>{say(name)}</Table.Th>
                ))}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {baseline.slips.map((slip) => {
                const name = targetName(slip, plan, language);
                return (
                  <Table.Tr key={slip.target}>
                    <Table.Td>{name}</Table.Td>
                    <Table.Td>{dayWords(slip.baselineOn, language)}</Table.Td>
                    {(['baseline', 'baseline-forecast'] as const).map((kind) => {
                      const [day, days] =
                        kind === 'baseline'
                          ? [slip.plannedOn, slip.plannedSlipDays]
                          : [slip.forecastOn, slip.forecastSlipDays];
                      const cell = slipCell(day, days, say, language);
                      const figure = days === null ? undefined : `${kind}:${baseline.version}:${slip.target}`;
                      return (
                        <Table.Td key={kind}>
                          {figure === undefined ? (
                            cell
                          ) : (
                            <Evidence
                              title={`${baseline.name}, ${name}`}
                              figure={figure}
                              entries={slip.entries}
                            >
                              {cell}
                            </Evidence>
                          )}
                        </Table.Td>
                      );
                    })}
                    <Table.Td>
                      <Evidence title={`${baseline.name}, ${name}`} entries={slip.entries} />
                    </Table.Td>
                  </Table.Tr>
                );
              })}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
    </Stack>
  );
}

function slipCell(day: string | null, days: number | null, say: Say, language: Language): string {
  if (day === null || days === null) return '–';
  const slip =
    days === 0 ? say('onTime') : say(days > 0 ? 'slipLater' : 'slipEarlier', { count: Math.abs(days) });
  return `${dayWords(day, language)} · ${slip}`;
}
