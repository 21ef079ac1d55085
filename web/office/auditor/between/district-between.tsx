import { Group, Skeleton, Stack, Table, Text } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { inPercent } from '../../../../domain/values/punctuation.js';
import { ask } from '../../../shared/ask.js';
import { numberWords } from '../../../shared/figures.js';
import { useLanguage } from '../../../shared/language.js';
import { useParameters } from '../../../shared/place.js';
import { Failure } from '../../parts/failure.js';
import { Section } from '../../parts/section.js';
import { TakeAlong } from '../../take-along/take-along.js';
import { CopyLink } from '../../time/copy-link.js';
import { useAuditorTexts } from '../texts.js';
import styles from './between.module.css';
import { betweenSheet } from './between-sheet.js';
import { ChangedProjects } from './changed-projects.js';
import { dotsOf, filterIn, isShown } from './entry-filter.js';
import { EntryFilters } from './entry-filters.js';
import { EntryLines } from './entry-lines.js';
import { MomentFields } from './moment-fields.js';
import { pointsShort } from './points.js';
import type { TotalChanges } from './total-changes.js';
import { TwoClocks } from './two-clocks.js';
import { twoMomentsIn } from './two-moments.js';
import { Waterfall } from './waterfall.js';

/** The whole district at two moments of both clocks: the difference, what made it, and every project. */
export function DistrictBetween({ today }: { today: string }) {
  const say = useAuditorTexts();
  const language = useLanguage();
  const [parameters] = useParameters();
  const moments = twoMomentsIn(parameters, today);
  const { data, error, refetch } = useQuery({
    queryKey: ['between', language, moments.asked],
    queryFn: ({ signal }) => ask<TotalChanges>('/portfolio/changes', moments.asked, signal),
    enabled: moments.asked !== undefined,
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });
  const shown = moments.asked && data;
  const filter = filterIn(parameters);
  const dots = shown ? dotsOf(shown) : [];
  const shownDots = dots.filter((dot) => isShown(dot, filter));
  const isSame =
    shown && shown.from.asOf === shown.to.asOf && shown.from.knownAt.position === shown.to.knownAt.position;
  return (
    <Section
      title={say('compareWhole')}
      aside={
        <Group gap="xs" className="not-printed">
          <CopyLink />
          {shown && (
            <TakeAlong
              what={say('compareWhole')}
              name={`between-${shown.from.asOf}-${shown.to.asOf}`}
              table={() => betweenSheet(shown, say)}
            />
          )}
        </Group>
      }
    >
      <Stack gap="md">
        <MomentFields
          moments={moments}
          today={today}
          positions={shown && [shown.from.knownAt.position, shown.to.knownAt.position]}
        />
        {error && <Failure error={error} onAgain={() => void refetch()} />}
        {!error && moments.asked && !data && <Skeleton height={220} />}
        {shown && !isSame && dots.length > 0 && (
          <EntryFilters dots={dots} filter={filter} shown={shownDots.length} />
        )}
        {shown && (
          <div className={styles.columns}>
            <div className={styles.main}>
              {isSame ? (
                <Text>{say('sameMoments')}</Text>
              ) : (
                <>
                  <Headline found={shown} />
                  <ChangedProjects found={shown} filter={filter} />
                  <Steps found={shown} />
                </>
              )}
            </div>
            <TwoClocks found={shown} dots={shownDots} moments={moments} today={today} />
          </div>
        )}
        {shown && !isSame && <EntryLines dots={shownDots} />}
      </Stack>
    </Section>
  );
}

function Headline({ found }: { found: TotalChanges }) {
  const say = useAuditorTexts();
  const language = useLanguage();
  const { percent } = found.completion;
  const figure = (basisPoints: number | null) =>
    basisPoints === null ? say('nothing') : numberWords(basisPoints / 100, language, 1);
  const counted = percent.steps.at(-1)?.projects ?? 0;
  return (
    <div className={styles.headline}>
      <div>
        <Text size="sm">{say('meanOf', { count: counted })}</Text>
        <p className={styles.figure}>
          {figure(percent.from)} → <b>{inPercent(figure(percent.to), language)}</b>
        </p>
        <Text size="sm">
          {percent.byBasisPoints === null ? (
            say('noMean')
          ) : (
            <b>{say('points', { points: pointsShort(percent.byBasisPoints, language) })}</b>
          )}{' '}
          {say('changedCount', { changed: found.items.length, same: found.unchanged.length })}
        </Text>
        <Lights found={found} />
      </div>
      <Waterfall mean={percent} />
    </div>
  );
}

/** The lights at both moments, and those of the first under the new rules, where these changed. */
function Lights({ found: { lights, from, to } }: { found: TotalChanges }) {
  const say = useAuditorTexts();
  const words = (counts: typeof lights.from) =>
    (['red', 'yellow', 'blue'] as const).map((light) => `${say(light)} ${counts[light]}`).join(' · ');
  const moved = { from: words(lights.from), to: words(lights.to) };
  const [fromRules, toRules] = [from.versions.rules, to.versions.rules];
  return (
    <Text size="sm">
      {fromRules === toRules
        ? say('lightMoved', moved)
        : say('lightByRules', { ...moved, fromRules, toRules, alone: words(lights.underNewRules) })}
    </Text>
  );
}

/** Every mean on the way, so that each effect can be computed again. */
function Steps({ found }: { found: TotalChanges }) {
  const say = useAuditorTexts();
  const language = useLanguage();
  const points = (basisPoints: number) => numberWords(basisPoints / 100, language, 2);
  return (
    <details>
      <summary>{say('howComputed')}</summary>
      <Table.ScrollContainer minWidth={480} type="native" tabIndex={0} aria-label={say('howComputed')}>
        <Table verticalSpacing={2}>
          <Table.Thead>
            <Table.Tr>
              {(['step', 'sumOfPercents', 'projectCount', 'meanRounded', 'rest'] as const).map((head) => (
                <Table.Th key={head}>{say(head)}</Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {found.completion.percent.steps.map((step) => (
              <Table.Tr key={step.after ?? 'A'}>
                <Table.Th scope="row">{step.after === null ? 'A' : say(`effect.${step.after}`)}</Table.Th>
                <Table.Td>{points(step.sumBasisPoints)}</Table.Td>
                <Table.Td>{step.projects}</Table.Td>
                <Table.Td>
                  {step.meanBasisPoints === null ? say('nothing') : points(step.meanBasisPoints)}
                </Table.Td>
                <Table.Td>{points(step.restBasisPoints)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </details>
  );
}
