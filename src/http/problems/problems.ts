import type { Reason } from '../../app/refusals.js';
import { accessProblems } from './access-problems.js';
import { appProblems } from './app-problems.js';
import { bodyProblems } from './body-problems.js';
import { entryProblems } from './entry-problems.js';
import { httpProblems } from './http-problems.js';
import type { ProblemKind, ProblemRow } from './problem-kind.js';

/** Reasons of the edge: what can be wrong with a request before the application sees it, and a bug. */
export type EdgeReason = keyof typeof bodyProblems | keyof typeof httpProblems;

/** Every reason for refusing a request; the last part of the `type` of its problem. */
export type ProblemName = Reason | EdgeReason;

/** The one table from reasons to HTTP; a reason without a row does not compile. */
const rows: Readonly<Record<ProblemName, ProblemRow>> = {
  ...bodyProblems,
  ...httpProblems,
  ...entryProblems,
  ...appProblems,
  ...accessProblems,
};

/** Every kind of problem by its name. */
export const problems = Object.fromEntries(
  Object.entries(rows).map(([name, [status, en, zh, means, retryAfter]]) => [
    name,
    { status, title: { en, zh }, means, retryAfter },
  ]),
) as Readonly<Record<ProblemName, ProblemKind>>;

/** The row of a problem by the last part of its `type`, or undefined. */
export function problemKind(name: string): ProblemKind | undefined {
  return Object.hasOwn(problems, name) ? problems[name as ProblemName] : undefined;
}
