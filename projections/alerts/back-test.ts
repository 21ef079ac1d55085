import type { AdoptedRules } from '../../domain/governance/rules.js';
import { type Day, dayNumber } from '../../domain/values/days/calendar.js';
import { figuresAt, type ProjectFigures, type ProjectState } from '../project/project.js';
import { Stalls } from '../stalls/stalls.js';
import { type BackTestSide, rowsOf, sameAmong, sideOf } from './back-test-side.js';
import { dueAlerts } from './due.js';
import { type Fired, type Tested, type WouldBe, wouldBeOf } from './would-be.js';

export type { WouldBe } from './would-be.js';

/** A candidate and the adopted rules over the same history. */
export interface BackTest {
  from: Day;
  to: Day;
  projects: number;
  candidate: BackTestSide;
  adopted: BackTestSide;
  /** The candidate's alerts, by day. */
  alerts: WouldBe[];
  /** The alerts of the adopted rules that the candidate does not raise. */
  missed: WouldBe[];
}

/** A back-test project by project, so that a service can do other work in between. */
export interface BackTesting {
  add(tested: Tested): void;
  answer(): BackTest;
}

/**
 * Which alerts rules would have raised in a period (both days inclusive), with all entries known today, each counted
 * from the day it is about; each project takes some milliseconds.
 *
 * What is due on the first day is raised on it. Only thresholds count: a back-test has no answers, so no deadline is
 * missed. A stall counts from the day of its declaration.
 */
export function backTesting(
  candidate: AdoptedRules,
  adopted: AdoptedRules,
  period: { from: Day; to: Day },
  afterWorkingDays: (rules: AdoptedRules) => (day: Day, days: number) => Day,
  judge: typeof dueAlerts = dueAlerts,
): BackTesting {
  const by = (rules: AdoptedRules) => ({ rules, period, judge, afterWorkingDays: afterWorkingDays(rules) });
  const [byCandidate, byAdopted] = [by(candidate), by(adopted)];
  const stalls = new Map<string, Day[]>();
  const fired: Fired[] = [];
  const before: Fired[] = [];
  return {
    add(tested) {
      stalls.set(tested.project, declaredOn(tested.state, period));
      const figuresOn = figuresOf(tested.state);
      fired.push(...wouldBeOf(tested, { ...byCandidate, figuresOn }));
      before.push(...wouldBeOf(tested, { ...byAdopted, figuresOn }));
    },
    answer() {
      const sameBefore = sameAmong(before);
      const sameNow = sameAmong(fired);
      const missed = before.filter((alert) => !sameNow(alert));
      return {
        ...period,
        projects: stalls.size,
        candidate: sideOf(fired, stalls, null),
        adopted: sideOf(before, stalls, adopted.version),
        alerts: rowsOf(fired, stalls, (alert) => sameBefore(alert)?.raisedOn ?? null),
        missed: rowsOf(missed, stalls, (alert) => alert.raisedOn),
      };
    },
  };
}

/** The figures of a project on any day, cached. */
function figuresOf(state: ProjectState): (day: Day) => ProjectFigures {
  const known = new Map<Day, ProjectFigures>();
  return (day) => {
    const figures = known.get(day) ?? figuresAt(state, day);
    known.set(day, figures);
    return figures;
  };
}

/** The days of a period on which stall episodes were first declared, in order. */
function declaredOn(state: ProjectState, { from, to }: { from: Day; to: Day }): Day[] {
  const { facts } = state.stalls;
  const dayOf = new Map(facts.map(({ id, asOf }) => [id, asOf]));
  return new Stalls(facts)
    .episodesOn(dayNumber(to))
    .map((episode) => dayOf.get(episode.entries[0] ?? '') ?? episode.from)
    .filter((day) => from <= day && day <= to)
    .sort();
}
