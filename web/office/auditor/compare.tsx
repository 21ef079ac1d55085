import { Group, Stack, Table, Text } from '@mantine/core';
import { useMemo } from 'react';
import type { Day } from '../../../domain/values/days/calendar.js';
import { labelled } from '../../../domain/values/punctuation.js';
import { nameWords } from '../../../domain/values/words.js';
import { type Changes, changes } from '../../../projections/changes/changes.js';
import { effects } from '../../../projections/changes/effects.js';
import type { JournalEntry } from '../../../projections/project/journal.js';
import { existsOn } from '../../../projections/project/project.js';
import { percentWords } from '../../shared/figures.js';
import { useLanguage } from '../../shared/language.js';
import { useMoment } from '../../shared/moment.js';
import { useParameters } from '../../shared/place.js';
import type { DistrictReplay } from '../../shared/replay/district-replay.js';
import type { Replay } from '../../shared/replay/replay.js';
import { Evidence } from '../evidence/evidence.js';
import { OneLine } from '../evidence/one-line.js';
import { Section } from '../parts/section.js';
import { TakeAlong } from '../take-along/take-along.js';
import { useAuthor } from '../use/authors.js';
import { type ComparedFigure, comparedFigures, effectHead, lightWords } from './compared-figures.js';
import { momentsIn } from './moments.js';
import { MomentsChoice } from './moments-choice.js';
import type { Point } from './movers.js';
import type { Find, Opened } from './opened.js';
import { comparedSheet } from './sheets.js';
import { useAuditorTexts } from './texts.js';

/** Entries listed below a comparison; the export has all. */
const listedMost = 100;

/** The differences of a project between two points on one clock; the other clock is fixed. */
export function Compare({
  project,
  replay,
  walked,
  today,
  lines,
  opened,
  find,
}: {
  project: string;
  replay: Replay;
  walked: DistrictReplay;
  today: Day;
  lines: readonly JournalEntry[];
  opened: Opened;
  find: Find;
}) {
  const say = useAuditorTexts();
  const language = useLanguage();
  const author = useAuthor();
  const [parameters] = useParameters();
  const [moment] = useMoment();
  const moments = useMemo(
    () => momentsIn(parameters, moment, replay, today),
    [parameters, moment, replay, today],
  );
  const { points, clock } = moments;
  const compared = useMemo(() => {
    if (!points) return undefined;
    const [before, after] = points.map(({ asOf, knownAt }) => {
      const state = replay.stateAt(knownAt);
      return state && existsOn(state, asOf) ? { state, asOf, law: replay.lawAt(knownAt) } : undefined;
    });
    if (!before || !after) return undefined;
    const found = changes(before, after);
    const figures = comparedFigures(found, walked, project, points, clock, find, say, language);
    return { found, figures };
  }, [points, clock, replay, walked, project, find, say, language]);
  return (
    <Section
      title={say('compare')}
      aside={
        compared && (
          <TakeAlong
            what={say('compare')}
            name={`${project}-${moments.from}-${moments.to}`}
            table={() => comparedSheet(compared.found, compared.figures, lines, { say, author, language })}
          />
        )
      }
    >
      <Stack gap="sm">
        <MomentsChoice moments={moments} today={today} lines={lines} />
        {compared && points && (
          <>
            <Figures figures={compared.figures} opened={opened} points={points} />
            <Differences found={compared.found} lines={lines} />
          </>
        )}
        {points && !compared && <Text size="sm">{say('unknown')}</Text>}
      </Stack>
    </Section>
  );
}

/** The figures at both points, each linked to its evidence there, with the entries that changed them. */
function Figures({
  figures,
  opened,
  points,
}: {
  figures: readonly ComparedFigure[];
  opened: Opened;
  points: readonly [Point, Point];
}) {
  const language = useLanguage();
  const say = useAuditorTexts();
  return (
    <Table.ScrollContainer minWidth={860} type="native" tabIndex={0} aria-label={say('figure')}>
      <Table verticalSpacing={4}>
        <Table.Thead>
          <Table.Tr>
            {(['figure', 'before', 'after', 'change', ...effects.map(effectHead), 'movedBy'] as const).map(
              (head) => (
                <Table.Th key={head}>{say(head)}</Table.Th>
              ),
            )}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {figures.map(({ figure, before, after, change, effects: by, entries, isMoved }) => (
            <Table.Tr key={figure}>
              <Table.Th scope="row">{say(figure)}</Table.Th>
              <Table.Td>{opened(figure, before, points[0])}</Table.Td>
              <Table.Td>{opened(figure, after, points[1])}</Table.Td>
              <Table.Td>{change}</Table.Td>
              {effects.map((effect) => (
                <Table.Td key={effect}>{by[effect]}</Table.Td>
              ))}
              <Table.Td>
                {entries.length > 0 && (
                  <Evidence title={labelled(say('movedBy'), say(figure), language)} entries={entries} />
                )}
                {entries.length === 0 && (isMoved ? say('byTime') : say('nothing'))}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function Differences({ found, lines }: { found: Changes; lines: readonly JournalEntry[] }) {
  const say = useAuditorTexts();
  const language = useLanguage();
  const byId = useMemo(() => new Map(lines.map((line) => [line.id, line])), [lines]);
  const percent = (basisPoints: number | null) =>
    basisPoints === null ? say('nothing') : percentWords(basisPoints, language);
  return (
    <>
      {found.light && <Text size="sm">{lightWords(found.light, say, language)}</Text>}
      {found.plan && (
        <Text size="sm">
          {say('plan', {
            from: found.plan.fromVersion ?? say('nothing'),
            to: found.plan.toVersion ?? say('nothing'),
          })}
        </Text>
      )}
      {(found.grown ?? []).map(({ words, entries }) => (
        <Text size="sm" key={entries.join()}>
          {words[language]} <Evidence title={words[language]} entries={entries} />
        </Text>
      ))}
      <Section title={say('items')}>
        {found.items.length === 0 && <Text size="sm">{say('noItems')}</Text>}
        {found.items.map(({ item, name, fromBasisPoints, toBasisPoints, kind, entries }) => (
          <Group key={item} gap="sm">
            <Text size="sm" fw={600}>
              {nameWords(name, item)[language]}
            </Text>
            <Text size="sm">
              {percent(fromBasisPoints)} → {percent(toBasisPoints)}
            </Text>
            <Text size="sm">{say(`kind.${kind}`)}</Text>
            <Evidence title={nameWords(name, item)[language]} entries={entries} />
          </Group>
        ))}
      </Section>
      <Section title={say('entries')}>
        {found.entries.length === 0 && <Text size="sm">{say('noEntries')}</Text>}
        <Stack gap="xs">
          {found.entries.slice(0, listedMost).map(({ id, kind }) => {
            const line = byId.get(id);
            return (
              line && (
                <div key={id}>
                  <Text size="xs" fw={600}>
                    {say(`kind.${kind}`)}
                  </Text>
                  <OneLine line={line} />
                </div>
              )
            );
          })}
        </Stack>
        {found.entries.length > listedMost && (
          <Text size="sm">{say('further', { count: found.entries.length - listedMost })}</Text>
        )}
      </Section>
    </>
  );
}
