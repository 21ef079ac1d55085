import { readFileSync } from 'node:fs';
import { exitCodes } from '../../composition/exit-codes.js';
import { Failure, failure } from '../client/failure.js';

/** The whole text of a file, or of standard input for `-`. @throws Failure it cannot be read */
export function textOf(file: string, expected: string): string {
  try {
    return readFileSync(file === '-' ? 0 : file, 'utf8').replace(/^\uFEFF/, '');
  } catch (error) {
    throw unreadable(file, error, expected);
  }
}

/** The JSON of a file, or of standard input for `-`. @throws Failure it cannot be read, or is no JSON */
export function jsonOf(file: string, expected: string): unknown {
  const text = textOf(file, `${expected}, or - for standard input`);
  try {
    return JSON.parse(text);
  } catch (error) {
    const seen = text.trim() === '' ? 'nothing' : `no JSON (${(error as Error).message})`;
    throw failure(
      exitCodes.refused,
      'The file is invalid',
      `${nameOf(file)}: ${seen}; expected ${expected}.`,
      error,
    );
  }
}

/** Adds the file name to the service's faults about its content. */
export async function naming<Result>(file: string, work: Promise<Result>): Promise<Result> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof Failure) || error.exitCode !== exitCodes.refused) throw error;
    const detail = `${nameOf(file)}: ${error.problem.detail}`;
    throw new Failure({ ...error.problem, detail }, error.exitCode, { cause: error });
  }
}

/** A missing or unreadable file. */
export function unreadable(file: string, error: unknown, expected: string): Failure {
  const { code } = error as NodeJS.ErrnoException;
  const exitCode = code === 'ENOENT' ? exitCodes.notFound : exitCodes.io;
  const detail = `${file} cannot be read (${code}); expected ${expected}.`;
  return failure(exitCode, 'The file cannot be read', detail, error);
}

function nameOf(file: string): string {
  return file === '-' ? 'standard input' : file;
}
