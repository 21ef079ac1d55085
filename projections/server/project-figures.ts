import type { RecordedEvent } from '../../domain/project/events.js';
import type { Day } from '../../domain/values/days/calendar.js';
import { completion } from '../completion/completion.js';
import { identity, placedIn } from '../facts/identity.js';
import { applyEvent } from '../facts/projection.js';
import { investment } from '../money/investment.js';
import { existsOn, figuresAt, type ProjectFigures, type ProjectState } from '../project/project.js';
import { schedule } from '../schedule/schedule.js';
import { stalls } from '../stalls/stalls-view.js';
import type { ServerProjection } from './server-projection.js';

/** Above this number of entries the figures would take the server longer than its limit of 250 ms per event. */
const entriesWithFigures = 500;

/** The facts that figures are computed from; the schedule needs all of them. */
type Folds = Pick<ProjectState, 'identity' | 'schedule'>;

/** The figures of a project for the latest day of its entries; a fold knows no other day. */
export interface LatestFigures {
  asOf: Day;
  /** Null above `entriesWithFigures`, and of a project whose registration was taken back. */
  figures: ProjectFigures | null;
  /** The state behind the figures. */
  folds: Folds;
}

/** Completion, investment, schedule and stalls of each project, for readers of the server. */
export const projectFigures: ServerProjection<LatestFigures> = {
  name: 'project-figures',
  streams: 'project-',
  after: (state, event) => {
    const folds = afterOne(state?.folds ?? emptyFolds(), event as RecordedEvent);
    const asOf = latestDay(folds);
    const isSmall = folds.identity.sightings.length <= entriesWithFigures;
    return {
      asOf,
      figures: isSmall && existsOn(folds, asOf) ? figuresAt(everyFold(folds), asOf) : null,
      folds,
    };
  },
};

function emptyFolds(): Folds {
  return { identity: identity.init(), schedule: schedule.init() };
}

function afterOne(folds: Folds, recorded: RecordedEvent): Folds {
  const event = placedIn(folds.identity, recorded);
  return {
    identity: applyEvent(identity, folds.identity, event),
    schedule: applyEvent(schedule, folds.schedule, event),
  };
}

/** What the other projections keep is in the schedule too, in the same order; a state with it twice would be written out twice. */
function everyFold(folds: Folds): Omit<ProjectState, 'journal' | 'contradictions'> {
  const { facts } = folds.schedule;
  const keptBy = ({ on }: { on: Readonly<Record<string, unknown>> }) => ({
    facts: facts.filter(({ type }) => on[type] !== undefined) as never[],
  });
  return { ...folds, completion: keptBy(completion), investment: keptBy(investment), stalls: keptBy(stalls) };
}

function latestDay({ identity: { sightings } }: Folds): Day {
  return sightings.reduce((last, { asOf }) => (asOf > last ? asOf : last), '');
}
