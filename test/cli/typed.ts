import type { FactTable } from '../../domain/project/facts/fact.js';
import { readSheet } from '../../domain/workbook/read-sheet.js';
import { run } from '../../src/cli/program.js';
import type { Key } from '../../src/cli/replay/keys.js';
import type { Language, Terminal } from '../../src/cli/terminal.js';
import type { ExitCode } from '../../src/composition/exit-codes.js';

/** The output of a command line, and its exit code. */
export interface Printed {
  code: ExitCode;
  out: string;
  err: string;
}

/** Runs a command line as if it had been typed by somebody whose terminal speaks a language. */
export function typedIn(language: Language, ...args: string[]): Promise<Printed> {
  return typedWith(undefined, language, ...args);
}

/** Runs a command line of a terminal that knows other facts. */
export async function typedWith(
  facts: FactTable | undefined,
  language: Language,
  ...args: string[]
): Promise<Printed> {
  return typedOn({}, facts, language, args);
}

/** Runs a command line on a terminal on which somebody presses keys. */
export function typedWithKeys(keys: readonly Key[], ...args: string[]): Promise<Printed> {
  return typedOn({ keys: () => pressed(keys) }, undefined, 'en', args);
}

async function* pressed(keys: readonly Key[]): AsyncGenerator<Key, undefined> {
  yield* keys;
  return undefined;
}

async function typedOn(
  more: Pick<Terminal, 'keys'>,
  facts: FactTable | undefined,
  language: Language,
  args: readonly string[],
): Promise<Printed> {
  const [out, err]: [string[], string[]] = [[], []];
  const terminal: Terminal = {
    out: (text) => void out.push(text),
    err: (text) => void err.push(text),
    bold: String,
    coloured: (_, text) => text,
    interruption: () => new AbortController().signal,
    readSheet,
    calledAs: 'topout',
    language,
    ...more,
  };
  const code = await run(args, terminal, facts);
  return { code, out: out.join('\n'), err: err.join('\n') };
}

/** Runs a command line as typed in an English terminal. */
export function typed(...args: string[]): Promise<Printed> {
  return typedIn('en', ...args);
}
