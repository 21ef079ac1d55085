import { memo, useMemo } from 'react';
import type { WorkItem } from '../../../domain/project/events.js';
import type { Day } from '../../../domain/values/days/calendar.js';
import { projectSeries } from '../../../projections/changes/series.js';
import { contradictions } from '../../../projections/contradictions/contradictions.js';
import { PlannedWork } from '../../../projections/plan/planned-work.js';
import { journal } from '../../../projections/project/journal.js';
import type { ProjectState } from '../../../projections/project/project.js';
import type { Replay, ShownFigures } from '../../shared/replay/replay.js';
import { Contradictions } from './contradictions.js';
import { Curve } from './curve.js';
import { DueAlerts } from './due-alerts.js';
import { Items } from './items.js';
import { JournalLines } from './journal-lines.js';
import { Schedule } from './schedule.js';
import { positionsIn } from './sheets.js';
import { useProjectTexts } from './texts.js';

/** Entries may not be about later days. */
const allDays = '9999-12-31';
const noItems: readonly WorkItem[] = [];

/** The sections of a project below its figures. */
export const Details = memo(
  ({
    project,
    replay,
    shown,
    state,
    asOf,
  }: {
    project: string;
    replay: Replay;
    shown: ShownFigures;
    state: ProjectState;
    asOf: Day;
  }) => {
    const say = useProjectTexts();
    // Computed once for all days; moving the slider only slices it.
    const all = useMemo(
      () => ({
        lines: journal.view(state.journal, allDays).entries,
        points: projectSeries(state, { to: allDays }),
      }),
      [state],
    );
    const lines = useMemo(() => all.lines.filter((line) => line.asOf <= asOf), [all, asOf]);
    const points = useMemo(() => all.points.filter((point) => point.asOf <= asOf), [all, asOf]);
    const positions = useMemo(() => positionsIn(all.lines), [all]);
    const lineOf = useMemo(() => {
      const byId = new Map(all.lines.map((line) => [line.id, line]));
      return (entry: string) => byId.get(entry);
    }, [all]);
    const register = useMemo(() => contradictions.view(state.contradictions, asOf), [state, asOf]);
    const adopted = replay.entries.find(({ id }) => id === shown.completion.plan?.entry);
    const plan = adopted?.type === 'PlanAdopted' ? adopted.data.items : noItems;
    const planned = useMemo(() => new PlannedWork(plan).corners(), [plan]);
    const fileName = (what: 'items' | 'contradictions' | 'journal') => `${project}-${say(what)}-${asOf}`;
    return (
      <>
        <DueAlerts due={shown.alerts.due} />
        <Curve points={points} planned={planned} episodes={shown.stalls.episodes} asOf={asOf} />
        <Items completion={shown.completion} lineOf={lineOf} positions={positions} name={fileName('items')} />
        <Schedule shown={shown} plan={plan} asOf={asOf} positions={positions} />
        <Contradictions
          project={project}
          district={shown.details.district}
          register={register}
          positions={positions}
          name={fileName('contradictions')}
        />
        <JournalLines
          project={project}
          district={shown.details.district}
          lines={lines}
          name={fileName('journal')}
          grown={shown.completion.grown ?? []}
        />
      </>
    );
  },
);
