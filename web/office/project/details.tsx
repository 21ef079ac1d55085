import { memo, useCallback, useMemo } from 'react';
import type { WorkItem } from '../../../domain/project/events.js';
import { type Day, lastDay } from '../../../domain/values/days/calendar.js';
import { nameWords } from '../../../domain/values/words.js';
import { projectSeries } from '../../../projections/changes/series.js';
import { contradictions } from '../../../projections/contradictions/contradictions.js';
import { PlannedWork } from '../../../projections/plan/planned-work.js';
import { type JournalEntry, journal } from '../../../projections/project/journal.js';
import type { ProjectState } from '../../../projections/project/project.js';
import type { Replay, ShownFigures } from '../../shared/replay/replay.js';
import { Contradictions } from './contradictions.js';
import { Curve } from './curve/curve.js';
import { JournalLines } from './journal-lines.js';
import { DueAlerts } from './now/due-alerts.js';
import { NextDates } from './now/next-dates.js';
import styles from './project.module.css';
import { positionsIn } from './sheets.js';
import { useProjectTexts } from './texts.js';
import { Accuracy } from './work/accuracy.js';
import { Baselines } from './work/baselines.js';
import { WorkTable } from './work/work-table.js';

const noItems: readonly WorkItem[] = [];

/** The sections of a project below its figures. */
export const Details = memo(
  ({
    project,
    replay,
    shown,
    state,
    asOf,
    isPresent,
  }: {
    project: string;
    replay: Replay;
    shown: ShownFigures;
    state: ProjectState;
    asOf: Day;
    /** No earlier moment is shown, so that alerts can be answered. */
    isPresent: boolean;
  }) => {
    const say = useProjectTexts();
    // Computed once for all days; moving the slider only slices it.
    const all = useMemo(
      () => ({
        lines: journal.view(state.journal, lastDay).entries,
        points: projectSeries(state, { to: lastDay }),
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
    const reportedOn = useMemo(() => reportedIn(all.lines), [all]);
    const { items } = shown.completion;
    const nameOf = useCallback(
      (id: string) => nameWords(items.find(({ item }) => item === id)?.name, id),
      [items],
    );
    const register = useMemo(() => contradictions.view(state.contradictions, asOf), [state, asOf]);
    const adopted = replay.entries.find(({ id }) => id === shown.completion.plan?.entry);
    const plan = adopted?.type === 'PlanAdopted' ? adopted.data.items : noItems;
    const planned = useMemo(() => new PlannedWork(plan).corners(), [plan]);
    const fileName = (what: 'items' | 'contradictions' | 'journal') => `${project}-${say(what)}-${asOf}`;
    return (
      <>
        <div className={styles.two}>
          <div className={styles.card}>
            <Curve
              points={points}
              reportedOn={reportedOn}
              planned={planned}
              plannedMoney={plannedMoneyOf(shown)}
              episodes={shown.stalls.episodes}
              expectedOn={shown.schedule.forecasts
                .flatMap(({ latest }) => latest ?? [])
                .toSorted()
                .at(-1)}
              nameOf={nameOf}
              asOf={asOf}
            />
          </div>
          <div className={styles.side}>
            <div className={styles.card}>
              <DueAlerts
                project={project}
                district={shown.details.district}
                due={shown.alerts.due}
                isPresent={isPresent}
              />
            </div>
            <div className={styles.card}>
              <NextDates shown={shown} plan={plan} asOf={asOf} />
            </div>
          </div>
        </div>
        <div className={styles.card}>
          <WorkTable
            shown={shown}
            plan={plan}
            asOf={asOf}
            lineOf={lineOf}
            positions={positions}
            name={fileName('items')}
          />
          <Accuracy accuracy={shown.schedule.accuracy ?? []} />
          <Baselines baselines={shown.schedule.baselines ?? []} plan={plan} />
        </div>
        <div className={styles.card}>
          <Contradictions
            project={project}
            district={shown.details.district}
            register={register}
            positions={positions}
            name={fileName('contradictions')}
          />
        </div>
        <div className={styles.card}>
          <JournalLines
            project={project}
            district={shown.details.district}
            lines={lines}
            name={fileName('journal')}
            grown={shown.completion.grown ?? []}
          />
        </div>
      </>
    );
  },
);

/** The days on which somebody reported progress; a withdrawn report is none. */
function reportedIn(lines: readonly JournalEntry[]): ReadonlySet<Day> {
  const days = lines.flatMap(({ type, withdrawn, asOf }) =>
    !withdrawn && (type === 'ProgressMeasured' || type === 'MilestoneReached' || type === 'NoChangeReported')
      ? [asOf]
      : [],
  );
  return new Set(days);
}

function plannedMoneyOf({ investment }: ShownFigures): { amountMinor: number; currency: string } | undefined {
  const { plannedMinor, plannedCurrency } = investment;
  return plannedMinor === null || plannedCurrency === null
    ? undefined
    : { amountMinor: plannedMinor, currency: plannedCurrency };
}
