import { Alert, Anchor, Button, Group, Loader, Stack, Text, Title } from '@mantine/core';
import { useDeferredValue, useMemo } from 'react';
import { Link, useParams } from 'wouter';
import { textByLanguage } from '../../../domain/values/by-language.js';
import { nameWords } from '../../../domain/values/words.js';
import { journal } from '../../../projections/project/journal.js';
import { nameBefore, takenBack, takenBackWords } from '../../../projections/project/taken-back.js';
import { type EvidentFigure, evidenceOf } from '../../shared/figure-evidence.js';
import { numberWords, percentWords } from '../../shared/figures.js';
import { useLanguage } from '../../shared/language.js';
import { useMoment, usePlaceOf } from '../../shared/moment.js';
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
import { JournalLines } from './journal-lines.js';
import { useProjectTexts } from './texts.js';
import { useNews } from './use-news.js';

/** Entries may not be about later days. */
const allDays = '9999-12-31';

/** One project at a point of both clocks, folded in the browser from its entries. */
export default function Project() {
  const say = useProjectTexts();
  const language = useLanguage();
  const placeOf = usePlaceOf();
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
  // The figures follow the slider immediately; the rest is rendered with low priority.
  const settled = useDeferredValue(point);
  if (error && !replay) return <Failure error={error} onAgain={askAgain} />;
  if (!replay || !timeline || !asOf) return <Loader />;
  const find = (figure: EvidentFigure) => (shown && state ? evidenceOf(figure, shown, state, asOf) : []);
  const moved = now && shown ? now.completion.percentBasisPoints - shown.completion.percentBasisPoints : 0;
  return (
    <EvidenceOf lines={() => (state ? journal.view(state.journal, allDays).entries : [])} moment={explained}>
      <Stack gap="md">
        <div>
          <Anchor component={Link} href={placeOf('/')} size="sm" className="not-printed">
            ‹ {say('back')}
          </Anchor>
          <Group gap="md" justify="space-between">
            <Group gap="md" align="baseline">
              <Title order={2} size="h3">
                {nameWords(shown?.details.name ?? (state && back && nameBefore(state)), project)[language]}
              </Title>
              <Text size="sm">
                {[shown?.details.district, shown?.details.sector, shown?.details.owner]
                  .flatMap((part) => (part ? textByLanguage(part, language) : []))
                  .join(' · ')}
              </Text>
            </Group>
            {!back && may('entry-log', { project, district: shown?.details.district }) && (
              <Button
                size="xs"
                className="not-printed"
                component={Link}
                href={placeOf(`/projects/${project}/log`)}
              >
                {say('logEntry')}
              </Button>
            )}
          </Group>
        </div>
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
            lines={journal.view(state.journal, allDays).entries}
            name={`${project}-journal`}
            isReadOnly
          />
        )}
        {shown && (
          <>
            <Figures shown={shown} find={find} />
            {settled && <Details project={project} replay={replay} {...settled} />}
          </>
        )}
      </Stack>
    </EvidenceOf>
  );
}
