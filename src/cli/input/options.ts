import { type Command, Option } from 'commander';
import { v7 } from 'uuid';
import { addDays } from '../../../domain/values/days/calendar.js';
import { type Answer, Client, type Query } from '../client/client.js';
import type { Language, Terminal } from '../terminal.js';
import { keyIn } from './key-file.js';
import { checkDay } from './period.js';

/** Options of every command that talks to a service. */
export interface AskOptions {
  url: string;
  json?: true;
  lang: Language;
  /** The file of the key; false for a request without one. */
  keyFile?: string | false;
}

/** The typed point of the two clocks. */
export interface MomentOptions extends AskOptions {
  asOf?: string;
  knownAt?: string;
}

/** Adds --url, --json, --lang and --key-file. */
export function askingOptions(command: Command, terminal: Terminal): Command {
  const url = new Option('--url <address>', 'address of the service').env('TOPOUT_URL');
  return signingOptions(command.addOption(url.default('http://127.0.0.1:3000')), terminal);
}

/** Adds --json, --lang and --key-file, for a command that names services in another way. */
export function signingOptions(command: Command, terminal: Terminal): Command {
  return command
    .addOption(languageOption(terminal))
    .addOption(
      new Option(
        '--key-file <file>',
        'file with the key to sign in by; else ~/.config/topout/key if it is there',
      ).env('TOPOUT_KEY_FILE'),
    )
    .option('--json', 'print exactly what the service answers');
}

/** Options of every command that writes. */
export interface SayOptions extends AskOptions {
  by?: string;
  id?: string;
}

/** Adds --by and --id. */
export function sayingOptions(command: Command): Command {
  return command
    .addOption(new Option('--by <name>', 'who says so').env('TOPOUT_BY'))
    .option('--id <uuid>', 'id of what is said; sending it again with the same id doubles nothing');
}

/** The write options: JSON, with the given or a new id. */
export function saying(
  body: object | undefined,
  { id = v7() }: Pick<SayOptions, 'id'> = {},
): { key: string; body?: string; type?: 'application/json' } {
  return body === undefined ? { key: id } : { key: id, body: JSON.stringify(body), type: 'application/json' };
}

/** Adds --as-of and --known-at. */
export function momentOptions(command: Command): Command {
  return command
    .option(
      '--as-of <day>',
      'the day to answer about, or today, yesterday (default: the business day of the service)',
    )
    .option(
      '--known-at <moment>',
      'what was known then: a position of the log, or an instant such as 2018-07-10T08:00:00Z',
    );
}

export function languageOption(terminal: Terminal): Option {
  return new Option('--lang <language>', 'language of tables')
    .choices(['en', 'zh'])
    .default(terminal.language);
}

export function clientOf(options: AskOptions & { by?: string }): Client {
  const { lang: language, by, keyFile } = options;
  const key = keyFile === false ? undefined : keyIn(keyFile);
  return new Client(options.url, { language, by, ...(key === undefined ? {} : { key }) });
}

/** The point of the two clocks in the form of the service; the business day is requested only if needed. */
export async function momentQuery(client: Client, { asOf, knownAt }: MomentOptions): Promise<Query> {
  if (asOf !== undefined) checkDay(asOf, '--as-of');
  return { asOf: asOf === undefined ? undefined : await dayAsked(client, asOf), knownAt };
}

/** Prints an answer: unchanged with --json, else in words. */
export function print<Body>(
  terminal: Terminal,
  options: AskOptions,
  answer: Answer<Body>,
  inWords: (body: Body) => string,
): void {
  terminal.out(options.json ? answer.text.replace(/\n$/, '') : inWords(answer.body));
}

/** The business day of the service. */
export async function businessDay(client: Client): Promise<string> {
  return (await client.get<{ asOf: string }>('projects', { limit: '1' })).body.asOf;
}

async function dayAsked(client: Client, text: string): Promise<string | undefined> {
  const wanted = text.trim().toLowerCase();
  if (wanted === 'today') return undefined;
  return wanted === 'yesterday' ? addDays(await businessDay(client), -1) : wanted;
}
