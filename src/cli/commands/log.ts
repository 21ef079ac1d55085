import { type Command, Option } from 'commander';
import { v7 } from 'uuid';
import type { FactTable } from '../../../domain/project/facts/fact.js';
import type { Day } from '../../../domain/values/days/calendar.js';
import type { ReceiptAnswer } from '../../http/routes/write.js';
import type { Project } from '../client/answers.js';
import { Client } from '../client/client.js';
import { usage } from '../client/failure.js';
import { contradictionIdOf } from '../input/contradiction-id.js';
import { entryFlags, factStated, type StatedFact } from '../input/fact.js';
import { type FactOption, type TypedOptions, type Way, waysOf } from '../input/fact-options.js';
import { askedOf } from '../input/near-projects.js';
import { type AskOptions, askingOptions, clientOf } from '../input/options.js';
import { dayOrMonthOf } from '../input/period.js';
import { type SayingOptions, sayingOf, sayingOptions } from '../input/saying.js';
import type { Terminal } from '../terminal.js';
import { logExamples } from '../views/help-topics.js';
import { entryOf, reportLogged } from '../views/project/logged.js';

/** The fact to log. */
interface Logged {
  project: string;
  item: string | undefined;
  fact: StatedFact | undefined;
  options: LogOptions;
}

interface LogOptions extends AskOptions, SayingOptions {
  asOf?: string;
  by?: string;
  id?: string;
  withdraw?: string;
  explain?: string;
  reason?: string;
}

/** `topout log`: one fact from the site; prints the recorded entry and the changed figure. */
export function logCommand(program: Command, terminal: Terminal, facts: FactTable): void {
  const ways = waysOf(facts);
  const command = program.command('log <project> [item]').summary('log one fact');
  askingOptions(command, terminal)
    .description('Logs one fact about a project or one of its items, and shows what moved.')
    .optionsGroup('How far an item is:');
  addWays(
    command,
    ways.filter(({ isOfItem }) => isOfItem),
  );
  command.optionsGroup('What happened to the project:');
  addWays(
    command,
    ways.filter(({ isOfItem }) => !isOfItem),
  );
  command
    .option('--withdraw <entry>', 'takes an entry back; with a fact beside it, that one replaces it')
    .option(
      '--explain <contradiction>',
      'says why a contradiction stays: its id, or that of one of its entries, or how it begins',
    )
    .optionsGroup('About the entry:')
    .option(
      '--reason <text>',
      `with ${['--withdraw', '--explain', ...besides(ways, 'reason')].join(' or ')}: why`,
    )
    .option(
      '--as-of <day>',
      'the day it is true for, or today, yesterday (default: the business day of the service)',
    );
  sayingOptions(command)
    .addOption(new Option('--by <name>', 'who says so').env('TOPOUT_BY'))
    .option('--id <uuid>', 'id of the entry; sending it again with the same id doubles nothing')
    .addHelpText('after', `\n${logExamples(terminal.calledAs)}`)
    .action(async (project: string, item: string | undefined, options: LogOptions) => {
      await log(terminal, { project, item, fact: factStated(ways, item, byFlag(command)), options });
    });
}

/** Adds the options of some ways, each with its companion options. */
function addWays(command: Command, ways: readonly Way[]): void {
  const added = new Set(entryFlags);
  for (const way of ways) add(command, way, way.about, added);
  for (const option of ways.flatMap(({ beside }) => beside))
    add(command, option, `with ${besides(ways, option.flag).join(', ')}: ${option.about}`, added);
}

function add(command: Command, option: FactOption, about: string, added: Set<string>): void {
  const { flag, placeholder, choices, isList, otherwise } = option;
  if (added.has(flag)) return;
  added.add(flag);
  const words = otherwise === undefined ? about : `${about} (default: ${otherwise})`;
  const declared = new Option(placeholder === undefined ? `--${flag}` : `--${flag} <${placeholder}>`, words);
  if (choices) declared.choices(choices);
  if (isList) declared.argParser((text) => text.split(','));
  command.addOption(declared);
}

/** The companion options of another one. */
function besides(ways: readonly Way[], flag: string): string[] {
  return ways.filter(({ beside }) => beside.some((one) => one.flag === flag)).map((way) => `--${way.flag}`);
}

/** The typed options, by flag. Commander reads `--no-change` as the negation of `--change`, which is then true. */
function byFlag(command: Command): TypedOptions {
  return Object.fromEntries(
    command.options.flatMap((option) => {
      const value: unknown = command.getOptionValue(option.attributeName());
      const isAbsent = value === undefined || (option.negate && value === true);
      return isAbsent ? [] : [[option.long?.replace(/^--/, '') ?? '', value]];
    }),
  );
}

async function log(terminal: Terminal, { project, item, fact, options }: Logged): Promise<void> {
  check(fact, options);
  const client = clientOf(options);
  const path = Client.path('projects', project);
  const { asOf: today } = (await askedOf(client, project, () => client.get<Project>(path))).body;
  const { withdraw, id = v7(), lang: language, json } = options;
  const sending = (content: object) => ({
    body: JSON.stringify(content),
    type: 'application/json' as const,
    key: id,
  });
  const answer =
    options.explain !== undefined
      ? await client.post<ReceiptAnswer>(
          `${path}/contradictions/explanations`,
          sending({
            contradiction: await contradictionIdOf(client, path, options.explain),
            reason: options.reason,
            ...about(options, undefined, today),
          }),
        )
      : withdraw === undefined
        ? await client.post<ReceiptAnswer>(
            `${path}/entries`,
            sending({ ...fact?.body, ...about(options, fact?.day, today) }),
          )
        : await client.post<ReceiptAnswer>(
            `${path}/entries/${encodeURIComponent(withdraw)}/withdrawal`,
            sending(await withdrawal(client, project, fact, options, today)),
          );
  if (json) return terminal.out(answer.text.trimEnd());
  await reportLogged({ client, terminal, project, item, language }, answer);
}

function check(fact: StatedFact | undefined, options: LogOptions): void {
  const { withdraw, explain, reason, asOf, ...saying } = options;
  if (explain !== undefined && (fact || withdraw !== undefined))
    throw usage({
      en: '--explain with another statement; expected --explain and --reason alone.',
      zh: '--explain 不能与其他记录同用；应只有 --explain 和 --reason。',
    });
  if (!fact && withdraw === undefined && explain === undefined)
    throw usage({
      en: 'Nothing is said; expected a fact, see "topout help log".',
      zh: '没有说明任何事实；见“topout help log”。',
    });
  if ((withdraw ?? explain) !== undefined && reason === undefined) {
    const flag = withdraw === undefined ? '--explain' : '--withdraw';
    throw usage({
      en: `${flag} without a reason; expected --reason TEXT.`,
      zh: `${flag} 缺少原因；应有 --reason 原因。`,
    });
  }
  if (reason !== undefined && (withdraw ?? explain) === undefined && fact?.body.reason === undefined) {
    throw usage({
      en: '--reason says nothing by itself; expected it beside --withdraw, --explain or --forecast.',
      zh: '--reason 不能单独使用；应与 --withdraw、--explain 或 --forecast 同用。',
    });
  }
  if (asOf !== undefined) dayOrMonthOf(asOf, '--as-of', '2000-01-01');
  sayingOf(saying);
}

/** The day of an entry, and where it comes from; a past period is dated to its end, everything else today. */
function about(options: LogOptions, day: Day | undefined, today: Day): { asOf: string } {
  const { asOf } = options;
  const own = day !== undefined && day < today ? day : today;
  return {
    asOf: asOf === undefined ? own : dayOrMonthOf(asOf, '--as-of', today),
    ...sayingOf(options),
  };
}

/** A withdrawal is of today; a replacement has the day of the replaced entry, unless another one is given. */
async function withdrawal(
  client: Client,
  project: string,
  fact: StatedFact | undefined,
  options: LogOptions,
  today: Day,
): Promise<object> {
  const { reason, withdraw = '' } = options;
  if (!fact) return { reason, ...about(options, undefined, today) };
  const replaced = options.asOf === undefined ? await entryOf(client, project, withdraw) : undefined;
  return {
    reason,
    asOf: today,
    replacement: { ...fact.body, ...about(options, replaced?.asOf ?? fact.day, today) },
  };
}
