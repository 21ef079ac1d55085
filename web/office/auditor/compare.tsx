import { Group, NativeSelect, SegmentedControl, Stack, Table, Text, TextInput } from '@mantine/core';
import { type Changes, changes } from '../../../projections/changes.js';
import type { JournalEntry } from '../../../projections/journal.js';
import { existsOn } from '../../../projections/project.js';
import { nameWords } from '../../../projections/words.js';
import type { Day } from '../../../src/domain/calendar.js';
import { dayWords, instantWords, moneyShort, numberWords, percentWords } from '../../shared/figures.js';
import { useLanguage } from '../../shared/language.js';
import { useMoment } from '../../shared/moment.js';
import { useParameters } from '../../shared/place.js';
import type { Replay } from '../../shared/replay.js';
import { Evidence } from '../evidence/evidence.js';
import { OneLine } from '../evidence/one-line.js';
import { Section } from '../section.js';
import { useAuditorTexts } from './texts.js';

interface Given {
  replay: Replay;
  today: Day;
  lines: readonly JournalEntry[];
}

/** What is different between two moments of a project on one clock, while the other stands still. */
export function Compare({ replay, today, lines }: Given) {
  const say = useAuditorTexts();
  const language = useLanguage();
  const [parameters, change] = useParameters();
  const [moment] = useMoment();
  const clock = parameters.get('clock') === 'knownAt' ? 'knownAt' : 'asOf';
  const first = replay.entries[0];
  const last = replay.entries.at(-1);
  if (!first || !last) return null;
  const ends = {
    asOf: [first.entry.asOf, today],
    knownAt: [String(first.position), String(last.position)],
  }[clock];
  const from = parameters.get('from') ?? ends[0] ?? '';
  const to = parameters.get('to') ?? ends[1] ?? '';
  const sides = [from, to].map((at) =>
    clock === 'asOf'
      ? { asOf: at, knownAt: moment.knownAt }
      : { asOf: moment.asOf ?? today, knownAt: Number(at) },
  );
  const [before, after] = sides.map(({ asOf, knownAt }) => {
    const state = replay.stateAt(knownAt);
    return state && existsOn(state, asOf) ? { state, asOf } : undefined;
  });
  const still =
    clock === 'knownAt'
      ? dayWords(moment.asOf ?? today, language)
      : moment.knownAt === undefined
        ? say('allKnown')
        : String(moment.knownAt);
  return (
    <Section title={say('compare')}>
      <Stack gap="sm">
        <Group gap="md" align="end">
          <SegmentedControl
            size="xs"
            aria-label={say('clock')}
            value={clock}
            onChange={(value) => change({ clock: value, from: undefined, to: undefined })}
            data={[
              { value: 'asOf', label: say('asOf') },
              { value: 'knownAt', label: say('knownAt') },
            ]}
          />
          {(['from', 'to'] as const).map((side) =>
            clock === 'asOf' ? (
              <TextInput
                key={side}
                type="date"
                label={say(side)}
                max={today}
                value={side === 'from' ? from : to}
                onChange={(event) =>
                  event.currentTarget.value && change({ [side]: event.currentTarget.value })
                }
              />
            ) : (
              <NativeSelect
                key={side}
                label={say(side)}
                value={side === 'from' ? from : to}
                onChange={(event) => change({ [side]: event.currentTarget.value })}
                data={replay.entries.map(({ position, recordedAt }) => ({
                  value: String(position),
                  label: say('entryNumber', { position, instant: instantWords(recordedAt, language) }),
                }))}
              />
            ),
          )}
          <Text size="xs">{say('still', { moment: still })}</Text>
        </Group>
        {before && after ? (
          <Differences found={changes(before, after)} lines={lines} />
        ) : (
          <Text size="sm">{say('unknown')}</Text>
        )}
      </Stack>
    </Section>
  );
}

function Differences({ found, lines }: { found: Changes; lines: readonly JournalEntry[] }) {
  const say = useAuditorTexts();
  const language = useLanguage();
  const points = (basisPoints: number) =>
    say('points', {
      points: `${basisPoints > 0 ? '+' : ''}${numberWords(basisPoints / 100, language, 2)}`,
    });
  const money = (minor: number | null) =>
    minor === null || !found.investment?.currency
      ? say('nothing')
      : moneyShort(minor, found.investment.currency, language);
  const counted = found.entries.map(({ id }) => id);
  return (
    <>
      <Table.ScrollContainer minWidth={640} type="native" tabIndex={0} aria-label={say('figure')}>
        <Table>
          <Table.Thead>
            <Table.Tr>
              {(['figure', 'before', 'after', 'change', 'byWork', 'byScope', 'rests'] as const).map(
                (head) => (
                  <Table.Th key={head}>{say(head)}</Table.Th>
                ),
              )}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {(['percent', 'floor', 'ceiling'] as const).map((figure) => {
              const { from, to, byBasisPoints, workBasisPoints, scopeBasisPoints } = found.completion[figure];
              return (
                <Table.Tr key={figure}>
                  <Table.Th scope="row">{say(figure)}</Table.Th>
                  <Table.Td>{percentWords(from, language)}</Table.Td>
                  <Table.Td>{percentWords(to, language)}</Table.Td>
                  <Table.Td>{points(byBasisPoints)}</Table.Td>
                  <Table.Td>{points(workBasisPoints)}</Table.Td>
                  <Table.Td>{points(scopeBasisPoints)}</Table.Td>
                  <Table.Td>
                    <Evidence title={say(figure)} entries={counted} />
                  </Table.Td>
                </Table.Tr>
              );
            })}
            {found.investment && (
              <Table.Tr>
                <Table.Th scope="row">{say('money')}</Table.Th>
                <Table.Td>{money(found.investment.fromMinor)}</Table.Td>
                <Table.Td>{money(found.investment.toMinor)}</Table.Td>
                <Table.Td>{money(found.investment.byMinor)}</Table.Td>
                <Table.Td />
                <Table.Td />
                <Table.Td>
                  <Evidence title={say('money')} entries={found.investment.entries} />
                </Table.Td>
              </Table.Tr>
            )}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {found.plan && (
        <Text size="sm">
          {say('plan', {
            from: found.plan.fromVersion ?? say('nothing'),
            to: found.plan.toVersion ?? say('nothing'),
          })}
        </Text>
      )}
      <Section title={say('items')}>
        {found.items.length === 0 && <Text size="sm">{say('noItems')}</Text>}
        {found.items.map(({ item, name, fromBasisPoints, toBasisPoints, kind, entries }) => (
          <Group key={item} gap="sm">
            <Text size="sm" fw={600}>
              {nameWords(name, item)[language]}
            </Text>
            <Text size="sm">
              {fromBasisPoints === null ? say('nothing') : percentWords(fromBasisPoints, language)} →{' '}
              {toBasisPoints === null ? say('nothing') : percentWords(toBasisPoints, language)}
            </Text>
            <Text size="sm">{say(`kind.${kind}`)}</Text>
            <Evidence title={nameWords(name, item)[language]} entries={entries} />
          </Group>
        ))}
      </Section>
      <Section title={say('entries')}>
        {found.entries.length === 0 && <Text size="sm">{say('noEntries')}</Text>}
        <Stack gap="xs">
          {found.entries.flatMap(({ id, kind }) => {
            const line = lines.find((one) => one.id === id);
            return line ? (
              <div key={id}>
                <Text size="xs" fw={600}>
                  {say(`kind.${kind}`)}
                </Text>
                <OneLine line={line} />
              </div>
            ) : (
              []
            );
          })}
        </Stack>
      </Section>
    </>
  );
}
