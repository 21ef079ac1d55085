import { Alert, Loader, Stack, Text } from '@mantine/core';
import { useDeferredValue, useMemo } from 'react';
import { useParams } from 'wouter';
import { lastDay } from '../../../domain/values/days/calendar.js';
import { journal } from '../../../projections/project/journal.js';
import { nameBefore, takenBack, takenBackWords } from '../../../projections/project/taken-back.js';
import { type EvidentFigure, evidenceOf } from '../../shared/figure-evidence.js';
import { numberWords, percentWords } from '../../shared/figures.js';
import { useLanguage } from '../../shared/language.js';
import { useMoment } from '../../shared/moment.js';
import { timelineOf } from '../../shared/replay/timeline.js';
import { EvidenceOf } from '../evidence/evidence.js';
import { Failure } from '../parts/failure.js';
import { TimeControl } from '../time/time-control.js';
import { usePeopleNames } from '../use/authors.js';
import { useMay } from '../use/self.js';
import { useToday } from '../use/today.js';
import { useReplay } from '../use/use-replay.js';
import { Details } from './details.js';
import { Figures } from './figures.js';
import { Head } from './head.js';
import { JournalLines } from './journal-lines.js';
import { Stages } from './stages/stages.js';
import { useProjectTexts } from './texts.js';
import { useNews } from './use-news.js';

/** One project at a point of both clocks, folded in the browser from its entries. */
export default function Project() {
  const say = useProjectTexts();
  const language = useLanguage();
  const { project = '' } = useParams<{ project: string }>();
  const today = useToday();
  const may = useMay();
  const names = usePeopleNames();
  const { replay, error, askAgain } = useReplay(project);
  useNews(project);
  const [moment] = useMoment();
  const timeline = useMemo(() => {
    const ticks = (replay?.entries ?? []).map(({ position, recordedAt, entry }) => ({
      asOf: entry.asOf,
      position,
      recordedAt,
    }));
    return today ? timelineOf(ticks, today) : undefined;
  }, [replay, today]);
  const asOf = moment.asOf ?? today;
  const { knownAt } = moment;
  const shown = useMemo(() => (asOf ? replay?.figuresAt(asOf, knownAt) : undefined), [replay, asOf, knownAt]);
  const state = replay?.stateAt(knownAt);
  const takenBackBy = state && takenBack(state);
  const back = takenBackBy && takenBackWords(takenBackBy, names);
  const now = useMemo(() => (today ? replay?.figuresAt(today) : undefined), [replay, today]);
  const point = useMemo(
    () => (shown && state && asOf ? { shown, state, asOf } : undefined),
    [shown, state, asOf],
  );
  const explained = useMemo(
    () => (asOf ? replay?.explainedAt(asOf, knownAt) : undefined),
    [replay, asOf, knownAt],
  );
  const isPresent = moment.asOf === undefined && knownAt === undefined;
  const known = useMemo(
    () => (replay?.entries ?? []).filter(({ position }) => position <= (knownAt ?? Number.POSITIVE_INFINITY)),
    [replay, knownAt],
  );
  // The figures follow the slider immediately; the rest is rendered with low priority.
  const settled = useDeferredValue(point);
  const settledEntries = useDeferredValue(known);
  if (error && !replay) return <Failure error={error} onAgain={askAgain} />;
  if (!replay || !timeline || !asOf) return <Loader />;
  const find = (figure: EvidentFigure) => (shown && state ? evidenceOf(figure, shown, state, asOf) : []);
  const moved = now && shown ? now.completion.percentBasisPoints - shown.completion.percentBasisPoints : 0;
  return (
    <EvidenceOf lines={() => (state ? journal.view(state.journal, lastDay).entries : [])} moment={explained}>
      <Stack gap="md">
        <Head
          project={project}
          name={shown?.details.name ?? (state && back && nameBefore(state))}
          shown={back ? undefined : shown}
          asOf={asOf}
          light={() => find('light')}
        />
        {shown && !back && (
          <Stages
            project={project}
            entries={settledEntries}
            asOf={settled?.asOf ?? asOf}
            mayLog={isPresent && may('entry-log', { project, district: shown.details.district })}
          />
        )}
        <TimeControl timeline={timeline}>
          {now && (
            <Text size="sm">
              {moved === 0
                ? say('same')
                : say('differs', {
                    percent: percentWords(now.completion.percentBasisPoints, language),
                    points: `${moved > 0 ? '+' : ''}${numberWords(moved / 100, language, 1)}`,
                  })}
            </Text>
          )}
        </TimeControl>
        {!shown && !back && <Text>{say('unknown')}</Text>}
        {back && (
          <Alert color="var(--waits)" variant="outline" title={say('takenBack', { words: back[language] })}>
            <Text size="sm">{say('takenBackHint')}</Text>
          </Alert>
        )}
        {back && state && (
          <JournalLines
            project={project}
            district={undefined}
            lines={journal.view(state.journal, lastDay).entries}
            name={`${project}-journal`}
            isReadOnly
          />
        )}
        {shown && (
          <>
            <Figures shown={shown} find={find} isLit={false} />
            {settled && <Details project={project} replay={replay} isPresent={isPresent} {...settled} />}
          </>
        )}
      </Stack>
    </EvidenceOf>
  );
}
