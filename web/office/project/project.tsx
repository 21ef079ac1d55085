import { Anchor, Group, Loader, Stack, Text, Title } from '@mantine/core';
import { useMemo } from 'react';
import { Link, useParams } from 'wouter';
import { journal } from '../../../projections/journal.js';
import { projectSeries } from '../../../projections/series.js';
import { nameWords } from '../../../projections/words.js';
import { type EvidentFigure, evidenceOf } from '../../shared/figure-evidence.js';
import { numberWords, percentWords } from '../../shared/figures.js';
import { useLanguage } from '../../shared/language.js';
import { useMoment, usePlaceOf } from '../../shared/moment.js';
import type { Replay } from '../../shared/replay.js';
import { timelineOf } from '../../shared/timeline.js';
import { EvidenceOf } from '../evidence/evidence.js';
import { Failure } from '../failure.js';
import { TimeControl } from '../time/time-control.js';
import { useToday } from '../today.js';
import { useReplay } from '../use-replay.js';
import { Contradictions } from './contradictions.js';
import { Curve } from './curve.js';
import { DueAlerts } from './due-alerts.js';
import { Figures } from './figures.js';
import { Items } from './items.js';
import { JournalLines } from './journal-lines.js';
import { Schedule } from './schedule.js';
import { positionsIn } from './sheets.js';
import { useProjectTexts } from './texts.js';

/** One project at a point of both clocks, folded here from its entries. */
export default function Project() {
  const say = useProjectTexts();
  const language = useLanguage();
  const placeOf = usePlaceOf();
  const { project = '' } = useParams<{ project: string }>();
  const today = useToday();
  const { replay, error, askAgain } = useReplay(project);
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
  const shown = asOf ? replay?.at(asOf, moment.knownAt) : undefined;
  const state = replay?.stateAt(moment.knownAt);
  const now = useMemo(() => (today ? replay?.at(today) : undefined), [replay, today]);
  const lines = useMemo(
    () => (state && asOf ? journal.view(state.journal, asOf).entries : []),
    [state, asOf],
  );
  const positions = useMemo(() => positionsIn(lines), [lines]);
  // The curve goes to the day shown, and takes longer than a step of the slider may.
  const series = useMemo(() => (state && asOf ? projectSeries(state, { to: asOf }) : []), [state, asOf]);
  if (error) return <Failure error={error} onAgain={askAgain} />;
  if (!replay || !timeline || !asOf) return <Loader />;
  const find = (figure: EvidentFigure) => (shown && state ? evidenceOf(figure, shown, state, asOf) : []);
  const fileName = (what: 'items' | 'contradictions' | 'journal') => `${project}-${say(what)}-${asOf}`;
  const moved = now && shown ? now.completion.percentBasisPoints - shown.completion.percentBasisPoints : 0;
  return (
    <EvidenceOf lines={lines}>
      <Stack gap="md">
        <div>
          <Anchor component={Link} href={placeOf('/')} size="sm">
            ‹ {say('back')}
          </Anchor>
          <Group gap="md" align="baseline">
            <Title order={2} size="h3">
              {nameWords(shown?.details.name, project)[language]}
            </Title>
            <Text size="sm">
              {[shown?.details.district, shown?.details.sector, shown?.details.owner]
                .filter((part) => part)
                .join(' · ')}
            </Text>
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
        {!shown && <Text>{say('unknown')}</Text>}
        {shown && (
          <>
            <Figures shown={shown} find={find} />
            <DueAlerts due={shown.alerts.due} />
            <Curve points={series} episodes={shown.stalls.episodes} asOf={asOf} />
            <Items completion={shown.completion} positions={positions} name={fileName('items')} />
            <Schedule
              shown={shown}
              plan={planOf(replay, shown.completion.plan?.entry)}
              asOf={asOf}
              positions={positions}
            />
            <Contradictions
              register={shown.contradictions}
              positions={positions}
              name={fileName('contradictions')}
            />
            <JournalLines lines={lines} name={fileName('journal')} />
          </>
        )}
      </Stack>
    </EvidenceOf>
  );
}

/** The items of the plan that an entry adopted. */
function planOf(replay: Replay, entry: string | undefined) {
  const adopted = replay.entries.find(({ id }) => id === entry);
  return adopted?.type === 'PlanAdopted' ? adopted.data.items : [];
}
