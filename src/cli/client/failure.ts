import { type ExitCode, exitCodes } from '../../composition/exit-codes.js';

/** A problem as RFC 9457 shapes it, from the service or from topout itself. */
export interface Problem {
  type: string;
  title: string;
  status?: number;
  detail: string;
  errors?: { member: string; seen: string; expected: string }[];
}

/** Why a command failed: the problem to show, and the exit code. */
export class Failure extends Error {
  constructor(
    readonly problem: Problem,
    readonly exitCode: ExitCode,
    options?: ErrorOptions,
  ) {
    super(problem.detail, options);
  }
}

/** A command line that is invalid: what was seen and what was expected. */
export function usage(detail: string): Failure {
  return new Failure({ type: 'about:blank', title: 'The command line is invalid', detail }, exitCodes.usage);
}

/** A problem found by topout itself, in words for the user. */
export function failure(exitCode: ExitCode, title: string, detail: string, cause?: unknown): Failure {
  return new Failure({ type: 'about:blank', title, detail }, exitCode, { cause });
}
