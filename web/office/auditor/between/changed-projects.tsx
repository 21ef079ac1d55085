import { Anchor, Table, Text } from '@mantine/core';
import { Fragment, useState } from 'react';
import { Link } from 'wouter';
import { labelled, listed } from '../../../../domain/values/punctuation.js';
import { effects } from '../../../../projections/changes/effects.js';
import { dayWords, numberWords, percentWords } from '../../../shared/figures.js';
import { useLanguage } from '../../../shared/language.js';
import { withParameters } from '../../../shared/place.js';
import { Light } from '../../parts/light.js';
import { type SayAuditor, useAuditorTexts } from '../texts.js';
import styles from './between.module.css';
import { type EntryFilter, isShown } from './entry-filter.js';
import { pointsShort } from './points.js';
import type { TotalChanges } from './total-changes.js';

type ChangedProject = TotalChanges['items'][number];

const always: readonly string[] = ['work', 'scope', 'correction'];
/** Changed items named in the line below a project. */
const namedMost = 3;
/** More names than a line of the widest screen has room for. */
const inOneLine = 40;

/** Every project with a difference and what made it; its new entries are one click away. The others are folded into one line
 * that names them. */
export function ChangedProjects({ found, filter }: { found: TotalChanges; filter: EntryFilter }) {
  const say = useAuditorTexts();
  const language = useLanguage();
  const { items, unchanged } = found;
  const shown = effects.filter(
    (effect) =>
      always.includes(effect) ||
      items.some(({ completion }) => completion.percent[`${effect}BasisPoints`] !== 0),
  );
  const heads = [
    'A %',
    'B %',
    say('change'),
    ...shown.map((effect) => say(`effect.${effect}`)),
    say('newEntries'),
  ];
  return (
    <>
      <Table.ScrollContainer minWidth={640} type="native" tabIndex={0} aria-label={say('changedProjects')}>
        <Table verticalSpacing={6} className={styles.projects}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{say('pick')}</Table.Th>
              {heads.map((head) => (
                <Table.Th key={head}>{head}</Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {items.map((project) => (
              <Changed key={project.project} project={project} shown={shown} found={found} filter={filter} />
            ))}
            {items.length === 0 && (
              <Table.Tr>
                <Table.Td colSpan={heads.length + 1}>{say('noneChanged')}</Table.Td>
              </Table.Tr>
            )}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {unchanged.length > 0 && (
        <details className={styles.unchanged}>
          <summary>
            {labelled(
              say('unchangedCount', { count: unchanged.length }),
              listed(
                unchanged.slice(0, inOneLine).map(({ name }) => name),
                language,
              ),
              language,
            )}
          </summary>
          <ul>
            {unchanged.map(({ project, name, percentBasisPoints }) => (
              <li key={project}>
                <Anchor component={Link} href={placeOf(project, found)} size="sm">
                  {name}
                </Anchor>{' '}
                {percentWords(percentBasisPoints, language)}
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

/** The comparison of one project on the clock that moved; that of days where both did. */
function placeOf(project: string, { from, to }: TotalChanges): string {
  const place = `/auditor/${project}`;
  return from.asOf === to.asOf
    ? withParameters(place, {
        clock: 'knownAt',
        asOf: to.asOf,
        from: String(from.knownAt.position),
        to: String(to.knownAt.position),
      })
    : withParameters(place, { from: from.asOf, to: to.asOf, knownAt: String(to.knownAt.position) });
}

function Changed({
  project,
  shown,
  found,
  filter,
}: {
  project: ChangedProject;
  shown: readonly (typeof effects)[number][];
  found: TotalChanges;
  filter: EntryFilter;
}) {
  const say = useAuditorTexts();
  const language = useLanguage();
  const [isOpen, setOpen] = useState(false);
  const { completion, entries, entryCount, from, to, light } = project;
  const { percent } = completion;
  const isSplit = from !== 'unregistered' && from !== 'parked' && to !== 'parked';
  const figure = (standing: typeof from, basisPoints: number) =>
    standing === 'counted' ? numberWords(basisPoints / 100, language, 1) : say('nothing');
  const points = (basisPoints: number) => (isSplit ? pointsShort(basisPoints, language) : say('nothing'));
  const reasons = reasonsOf(project, say, (one) => percentWords(one, language));
  return (
    <Fragment>
      <Table.Tr>
        <Table.Th scope="row">
          <Light light={light.to} none={say('noLight')} language={language} />{' '}
          <Anchor component={Link} href={placeOf(project.project, found)} size="sm" fw={600}>
            {project.name}
          </Anchor>
          {reasons && (
            <Text size="xs" fw={400}>
              {reasons}
            </Text>
          )}
        </Table.Th>
        <Table.Td>{figure(from, percent.from)}</Table.Td>
        <Table.Td>{figure(to, percent.to)}</Table.Td>
        <Table.Td data-rises={isSplit && percent.byBasisPoints > 0}>
          <b>{points(percent.byBasisPoints)}</b>
        </Table.Td>
        {shown.map((effect) => (
          <Table.Td key={effect}>{points(percent[`${effect}BasisPoints`])}</Table.Td>
        ))}
        <Table.Td>
          {entryCount === 0 ? (
            '0'
          ) : (
            <button
              type="button"
              className={styles.open}
              aria-expanded={isOpen}
              aria-label={say('entriesOf', { name: project.name, count: entryCount })}
              onClick={() => setOpen(!isOpen)}
            >
              {say('entryCount', { count: entryCount })}
            </button>
          )}
        </Table.Td>
      </Table.Tr>
      {isOpen && (
        <Table.Tr>
          <Table.Td colSpan={shown.length + 5}>
            <ul className={styles.entries}>
              {entries
                .filter((entry) => isShown(entry, filter))
                .map((entry) => (
                  <li key={entry.id} data-kind={entry.kind}>
                    <b>{say(`kind.${entry.kind}`)}</b> ·{' '}
                    {say('onDay', { day: dayWords(entry.asOf, language) })}: {entry.words}
                    {entry.unmoved !== undefined && (
                      <Text size="xs">{say('movedNothing', { why: entry.unmoved })}</Text>
                    )}
                  </li>
                ))}
            </ul>
            {entryCount > entries.length && (
              <Text size="xs">{say('earlierEntries', { count: entryCount - entries.length })}</Text>
            )}
          </Table.Td>
        </Table.Tr>
      )}
    </Fragment>
  );
}

/** What changed, in one line: why a project counts at one moment only, its plan and its items; else its first entry. */
function reasonsOf(
  { from, to, plan, items, entries }: ChangedProject,
  say: SayAuditor,
  percent: (basisPoints: number) => string,
): string {
  const shown = (basisPoints: number | null) =>
    basisPoints === null ? say('nothing') : percent(basisPoints);
  const further = items.length - namedMost;
  const reasons = [
    ...(from === to ? [] : [say('standings', { from: say(`standing.${from}`), to: say(`standing.${to}`) })]),
    ...(plan
      ? [say('plan', { from: plan.fromVersion ?? say('nothing'), to: plan.toVersion ?? say('nothing') })]
      : []),
    ...items
      .slice(0, namedMost)
      .map(
        ({ name, item, fromBasisPoints, toBasisPoints }) =>
          `${name || item} ${shown(fromBasisPoints)} → ${shown(toBasisPoints)}`,
      ),
    ...(further > 0 ? [say('furtherItems', { count: further })] : []),
  ];
  if (reasons.length > 0) return reasons.join(' · ');
  const [first] = entries;
  if (!first) return '';
  return first.unmoved === undefined
    ? first.words
    : `${first.words} ${say('movedNothing', { why: first.unmoved })}`;
}
