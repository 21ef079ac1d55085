import { queryOptions } from '@tanstack/react-query';
import type { Day } from '../../../../domain/values/days/calendar.js';
import type { Changes } from '../../../../projections/changes/changes.js';
import type { WeeklyLightsAnswer } from '../../../../src/app/topout.js';
import type { Localised } from '../../../../src/http/answers/language.js';
import type { PortfolioAnswer } from '../../../shared/answers.js';
import { ask } from '../../../shared/ask.js';
import type { Choice } from '../choice.js';

/** The two days that are compared, and what was known then. */
export interface Compared {
  from: Day;
  to: Day;
  /** A position of the log; everything known now when absent. */
  knownAt: number | undefined;
  /** Changes with the log, where everything known now counts. */
  moves: number;
}

const keptMs = 60_000;
const keyOf = ({ from, to, knownAt, moves }: Compared) => [
  from,
  to,
  knownAt,
  knownAt === undefined ? moves : 0,
];

/** While the answer after a new entry is awaited, the one before it is shown; never that of other days or projects. */
function beforeTheEntry(key: readonly unknown[]) {
  const asked = (one: readonly unknown[]) => JSON.stringify(one.slice(0, -1));
  return <Answer>(
    answer: Answer | undefined,
    query?: { queryKey: readonly unknown[] },
  ): Answer | undefined => (query && asked(query.queryKey) === asked(key) ? answer : undefined);
}

/** The query for the totals over the selected projects on the day of comparison. */
export function totalsThenQuery(compared: Compared, { filter }: Choice) {
  const { from, knownAt } = compared;
  const queryKey = ['compared', 'totals', filter, ...keyOf(compared)];
  return queryOptions({
    queryKey,
    queryFn: ({ signal }) => ask<PortfolioAnswer>('/portfolio', { asOf: from, knownAt, ...filter }, signal),
    staleTime: keptMs,
    placeholderData: beforeTheEntry(queryKey),
  });
}

/** The query for the completion of every project on the day of comparison, in basis points. */
export function percentsThenQuery(compared: Compared) {
  const { from, to, knownAt } = compared;
  const queryKey = ['compared', 'percents', ...keyOf(compared)];
  return queryOptions({
    queryKey,
    queryFn: ({ signal }) =>
      ask<WeeklyLightsAnswer>('/portfolio/lights', { weeks: 1, since: from, asOf: to, knownAt }, signal),
    staleTime: keptMs,
    placeholderData: beforeTheEntry(queryKey),
  });
}

/** `GET /projects/{id}/changes` */
export type ChangesAnswer = Localised<{ project: string } & Changes>;

/** The query for what changed of a project between the two days. */
export function changesQuery(compared: Compared, project: string) {
  const { from, to, knownAt } = compared;
  const queryKey = ['compared', 'changes', project, ...keyOf(compared)];
  return queryOptions({
    queryKey,
    queryFn: ({ signal }) =>
      ask<ChangesAnswer>(`/projects/${project}/changes`, { from, to, knownAt }, signal),
    staleTime: keptMs,
    placeholderData: beforeTheEntry(queryKey),
  });
}
