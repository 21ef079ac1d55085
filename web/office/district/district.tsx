import { Button, Group, Loader, Skeleton, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { wholeBasisPoints } from '../../../domain/values/amounts/basis-points.js';
import { nameWords } from '../../../domain/values/words.js';
import { type PortfolioGroup, portfolio } from '../../../projections/portfolio/portfolio.js';
import { dayWords, percentWords } from '../../shared/figures.js';
import { type Language, useLanguage } from '../../shared/language.js';
import { useMoment, useNamedMoment } from '../../shared/moment.js';
import { useParameters } from '../../shared/place.js';
import { Failure } from '../parts/failure.js';
import { DayKey } from '../parts/known-day.js';
import { TakeAlong } from '../take-along/take-along.js';
import { TimeControl } from '../time/time-control.js';
import { useInitials } from '../use/use-initials.js';
import { choiceIn, filters, type Sort } from './choice.js';
import { chosenOf, keyText } from './chosen.js';
import { Controls } from './controls.js';
import styles from './district.module.css';
import { DistrictTable } from './district-table.js';
import { Headline } from './headline.js';
import { lightsQuery } from './lights-query.js';
import { Needs } from './needs/needs.js';
import { News } from './news.js';
import { Nothing } from './nothing.js';
import { useDistrict } from './rows.js';
import { districtSheet } from './sheet.js';
import { Changed } from './since/changed.js';
import { sinceIn } from './since/since.js';
import { SinceChoice } from './since/since-choice.js';
import { useComparison } from './since/use-compared.js';
import { useDistrictTexts } from './texts.js';
import { NoTiles, Tiles } from './tiles/tiles.js';
import { useTotals } from './totals/use-totals.js';

/** How many rows are shown as placeholders at most. */
const placeholdersMost = 8;

/** Placeholders for the first rows. */
function NoRows({ count }: { count: number }) {
  const say = useDistrictTexts();
  return (
    <div className={styles.placeholders} role="progressbar" aria-label={say('loading')}>
      {Array.from({ length: Math.min(count, placeholdersMost) }, (_, row) => (
        <Skeleton key={row} height="2.4rem" />
      ))}
    </div>
  );
}

/** The name of the district, where all projects are of one. */
function onlyDistrict(groups: Pick<PortfolioGroup, 'key'>[], language: Language): string | undefined {
  const [only, ...others] = groups;
  return (only && others.length === 0 && keyText(only.key, language)) || undefined;
}

/** The first screen: every project as a row, at any point of both clocks. */
export default function District() {
  const say = useDistrictTexts();
  const language = useLanguage();
  const [parameters, change] = useParameters();
  const [moment] = useMoment();
  const district = useDistrict();
  const { rows, isWhole, parked, pinned, folded, timeline, error, askAgain, load } = district;
  const choice = useMemo(() => choiceIn(parameters), [parameters]);
  const initialsOf = useInitials(choice.search);
  const chosen = useMemo(
    () => chosenOf(rows, choice, language, initialsOf),
    [rows, choice, language, initialsOf],
  );
  const names = useMemo(() => new Map(rows.map(({ project, name }) => [project, name])), [rows]);
  const nameOf = (project: string) => nameWords(names.get(project), project)[language];
  const isPresent = moment.asOf === undefined && moment.knownAt === undefined;
  const { knownAt } = useNamedMoment();
  // The first rows have priority on the network.
  const lights = useQuery({
    ...lightsQuery(knownAt, folded.news.count + folded.moves),
    enabled: isWhole || rows.length > 0,
  });
  const { totals, first } = useTotals({ isWhole, pinned, folded }, choice, chosen);
  const asOf = district.asOf ?? first?.asOf;
  const districtName = useMemo(
    () => onlyDistrict(isWhole ? portfolio(rows, 'district').groups : (first?.groups ?? []), language),
    [isWhole, rows, first, language],
  );
  const since = sinceIn(parameters);
  const comparison = useComparison({ rows, isWhole, asOf, folded }, since, choice);
  const sortBy = (sort: Sort) =>
    change({ sort: choice.sort === sort && !choice.isDescending ? `-${sort}` : sort });
  const clear = () =>
    change({ search: undefined, ...Object.fromEntries(filters.map((name) => [name, undefined])) });
  const isEmpty = isWhole && rows.length === 0 && !error;
  return (
    <>
      {!isEmpty && (
        <Headline isPresent={isPresent} total={totals?.total}>
          {asOf && (
            <>
              <span>
                {[
                  ...(districtName === undefined ? [] : [districtName]),
                  ...(totals ? [countWords(totals.total.projects)] : []),
                  say('asOf', { day: dayWords(asOf, language) }),
                  ...(isWhole || rows.length === 0 ? [] : [say('loadingRows', { count: rows.length })]),
                ].join(' · ')}
              </span>
              <span>{say('comparedWith')}</span>
              <SinceChoice since={since} asOf={asOf} lastReportOn={comparison.lastReportOn} change={change} />
            </>
          )}
        </Headline>
      )}
      {timeline && !(isEmpty && isPresent) && (
        <TimeControl timeline={timeline} onOpen={load}>
          {folded.state === 'folded' && <Text size="sm">{say('differs', { count: folded.now.size })}</Text>}
          {folded.state === 'loading' && folded.progress.head > 0 && (
            <Text size="sm">
              {say('folding', {
                percent: percentWords(
                  (folded.progress.upTo / folded.progress.head) * wholeBasisPoints,
                  language,
                ),
              })}
            </Text>
          )}
          {folded.state === 'too-long' && <Text size="sm">{say('tooLong')}</Text>}
        </TimeControl>
      )}
      {error !== undefined && error !== null && <Failure error={error} onAgain={askAgain} />}
      {parked.length > 0 && (
        <Text role="status" size="sm">
          {say('parked', { names: parked.map(({ project }) => project).join(', '), count: parked.length })}
        </Text>
      )}
      {isEmpty && <Nothing isPresent={isPresent} />}
      {!isEmpty && (rows.length > 0 || !error) && (
        <>
          {totals ? (
            <Tiles
              total={totals.total}
              rows={isWhole ? chosen.rows : undefined}
              comparison={comparison}
              isPresent={isPresent}
              nameOf={isWhole ? nameOf : undefined}
            />
          ) : (
            <NoTiles />
          )}
          <div className={styles.two} data-needs={isPresent}>
            {isPresent && <Needs />}
            <Changed rows={chosen.rows} isWhole={isWhole} comparison={comparison} />
          </div>
          <Controls rows={rows} choice={choice} change={change}>
            <Group gap={4} wrap="nowrap">
              <TakeAlong
                what={say('title')}
                name={`topout-${asOf}`}
                table={() => districtSheet(chosen.rows, say, language)}
                isReady={isWhole}
              />
              <Button size="compact-xs" variant="default" disabled={!isWhole} onClick={() => print()}>
                {say('print')}
              </Button>
            </Group>
          </Controls>
          {rows.length === 0 ? (
            <NoRows count={totals?.total.projects ?? placeholdersMost} />
          ) : chosen.rows.length === 0 && !isWhole ? (
            <Loader role="progressbar" aria-label={say('loading')} />
          ) : chosen.rows.length === 0 ? (
            <Group>
              <Text>{say('noneChosen')}</Text>
              <Button size="xs" variant="default" onClick={clear}>
                {say('clear')}
              </Button>
            </Group>
          ) : (
            <>
              <DistrictTable
                lines={chosen.lines}
                groups={totals?.groups}
                choice={choice}
                onSort={sortBy}
                now={folded.now}
                fresh={folded.news}
                lights={lights.data}
                percents={comparison.percents}
              />
              <DayKey language={language} />
            </>
          )}
        </>
      )}
      <News rows={rows} projects={folded.news.projects} />
    </>
  );

  /** The number of selected projects, and the total if all are loaded. */
  function countWords(count: number): string {
    return isWhole && count < rows.length
      ? say('projectsOf', { count, all: rows.length })
      : say('projects', { count });
  }
}
