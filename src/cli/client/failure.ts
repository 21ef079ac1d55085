import { type Text, textIn, type Words } from '../../../domain/values/words.js';
import { type ExitCode, exitCodes } from '../../composition/exit-codes.js';

/** A problem as RFC 9457 shapes it, from the service or from topout itself. */
export interface Problem {
  type: string;
  title: Text;
  status?: number;
  detail: Text;
  errors?: { member: string; seen: string; expected: string }[];
}

/** Why a command failed: the problem to show, and the exit code. */
export class Failure extends Error {
  constructor(
    readonly problem: Problem,
    readonly exitCode: ExitCode,
    options?: ErrorOptions,
  ) {
    super(textIn(problem.detail, 'en'), options);
  }
}

/** The same failure with more words around its detail. */
export function inOtherWords(
  failure: Failure,
  detail: (said: string, language: keyof Words) => string,
): Failure {
  const said = failure.problem.detail;
  const words = { en: detail(textIn(said, 'en'), 'en'), zh: detail(textIn(said, 'zh'), 'zh') };
  return new Failure({ ...failure.problem, detail: words }, failure.exitCode, { cause: failure });
}

/** A command line that is invalid, in a sentence: what was seen and what was expected. */
export function usage(detail: Words): Failure {
  return new Failure({ type: 'about:blank', title: invalidTitle, detail }, exitCodes.usage);
}

export const invalidTitle: Words = { en: 'The command line is invalid', zh: '命令有误' };

/** An option whose value cannot be read: `--rows "x": expected lines.` */
export function invalid(option: string, said: string, expected: Text): Failure {
  return usage({
    en: `${option} "${said}": expected ${textIn(expected, 'en')}.`,
    zh: `${option} “${said}”：应为${textIn(expected, 'zh')}。`,
  });
}

/** A problem found by topout itself, in words for the user. */
export function failure(exitCode: ExitCode, title: Words, detail: Text, cause?: unknown): Failure {
  return new Failure({ type: 'about:blank', title, detail }, exitCode, { cause });
}
