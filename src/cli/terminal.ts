import { on } from 'node:events';
import { emitKeypressEvents } from 'node:readline';
import type { ReadStream } from 'node:tty';
import { styleText } from 'node:util';
import type { Severity } from '../../domain/governance/rules.js';
import type { SheetAsked, SheetRead } from '../../domain/workbook/read-sheet.js';
import { calledAs } from '../composition/settings/config.js';
import { readInWorker } from './input/sheet-in-worker.js';
import type { Key } from './replay/keys.js';

export type Language = 'en' | 'zh';

/** A command's interface to its user. */
export interface Terminal {
  /** The answer. */
  out(text: string): void;
  /** Everything except the answer: warnings, problems. */
  err(text: string): void;
  /** A heading: bold on a terminal with colours. */
  bold(text: string): string;
  /** The words of a severity in its colour on a terminal with colours. */
  coloured(severity: Severity, text: string): string;
  /** Aborted by Ctrl-C, which does nothing else until then. */
  interruption(): AbortSignal;
  /** Reads a sheet of a workbook. */
  readSheet(asked: SheetAsked): Promise<SheetRead>;
  /** The keys that are pressed, until it is closed; undefined without a terminal. */
  keys?: () => AsyncIterator<Key>;
  /** Where progress is drawn; undefined without a terminal. */
  progressOn?: NodeJS.WriteStream;
  /** The command that starts topout. */
  calledAs: string;
  /** The language of the person's locale. */
  language: Language;
}

/** The terminal of this process; the locale (LC_ALL, LC_MESSAGES, LANG) chooses the language. */
export function processTerminal(): Terminal {
  const { stdout, stderr } = process;
  for (const stream of [stdout, stderr]) {
    // `topout show | head` closes the pipe early: that is no error.
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE') process.exit(0);
      throw error;
    });
  }
  return {
    out: (text) => void stdout.write(`${text}\n`),
    err: (text) => void stderr.write(`${text}\n`),
    // styleText does nothing without a terminal, and with NO_COLOR.
    bold: (text) => styleText('bold', text, { stream: stdout }),
    coloured: (severity, text) => styleText(severity, text, { stream: stdout }),
    interruption: () => {
      const stopping = new AbortController();
      for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => stopping.abort());
      return stopping.signal;
    },
    readSheet: (asked) => readInWorker(asked),
    ...(process.stdin.isTTY && stdout.isTTY ? { keys: () => keysOf(process.stdin) } : {}),
    ...(stderr.isTTY ? { progressOn: stderr } : {}),
    calledAs: calledAs(),
    language: Intl.DateTimeFormat().resolvedOptions().locale.startsWith('zh') ? 'zh' : 'en',
  };
}

/** Each key as it is pressed, without Enter; the terminal is as before once it is closed. */
async function* keysOf(stdin: ReadStream): AsyncGenerator<Key, undefined> {
  emitKeypressEvents(stdin);
  stdin.setRawMode(true);
  try {
    for await (const [text, key] of on(stdin, 'keypress') as AsyncIterable<[string | undefined, Key]>)
      yield { ...key, sequence: key.sequence ?? text };
  } finally {
    stdin.setRawMode(false);
    stdin.pause();
  }
  return undefined;
}
