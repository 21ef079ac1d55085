import { type Command, Option } from 'commander';
import { v7 } from 'uuid';
import type { Day } from '../../../domain/values/calendar.js';
import { lexicon1 } from '../../../domain/values/lexicon.js';
import type { ReceiptAnswer } from '../../http/routes/write.js';
import type { Project } from '../client/answers.js';
import { Client } from '../client/client.js';
import { usage } from '../client/failure.js';
import { type Fact, type FactOptions, factSaid } from '../input/fact.js';
import { askedOf } from '../input/near-projects.js';
import { type AskOptions, askingOptions, clientOf } from '../input/options.js';
import { dayOrMonthOf } from '../input/period.js';
import type { Terminal } from '../terminal.js';
import { logExamples } from '../views/help-topics.js';
import { entryOf, reportLogged } from '../views/logged.js';

/** The options as commander hands them over. */
type TypedOptions = Omit<LogOptions, 'noChange'> & { change: string | true };

interface LogOptions extends AskOptions, FactOptions {
  asOf?: string;
  note?: string;
  by?: string;
  id?: string;
  withdraw?: string;
}

/** `topout log`: one fact from the site; prints what was recorded and the number that moved. */
export function logCommand(program: Command, terminal: Terminal): void {
  const command = program.command('log <project> [item]').summary('log one fact');
  askingOptions(command, terminal)
    .description('Logs one fact about a project or one of its items, and shows what moved.')
    .optionsGroup('How far an item is:')
    .option('--done', 'it is done')
    .option('--percent <percent>', 'percent done, such as 85')
    .option('--count <done/of>', 'how many of how many, such as 3/5, or 3 when the total is not known')
    .option('--storey <reached/of>', 'the storey reached, such as 2/6 or 2')
    .option('--word <words>', 'as it was said: 基本完成, mostly, under way ...')
    .addOption(
      new Option('--means <word>', 'with --word, for words that no lexicon has').choices(
        lexicon1.words.map(({ word }) => word),
      ),
    )
    .option('--step <step>', 'of this step of the item only')
    .option('--unit <unit>', 'with --count: what is counted')
    .optionsGroup('What happened to the project:')
    .option('--money <amount>', 'invested, such as 6900万元, 0.69亿元 or 69000000CNY')
    .addOption(
      new Option('--span <span>', 'with --money (default: since-start)').choices([
        'since-start',
        'year',
        'month',
      ]),
    )
    .addOption(
      new Option('--basis <basis>', 'with --money (default: unknown)').choices([
        'physical',
        'accounting',
        'unknown',
      ]),
    )
    .option('--share <percent>', 'with --money: its share of the planned investment')
    .option(
      '--stall <cause>',
      'it stands still: financing, licence, approval, land, labour, supply, design, weather ...',
    )
    .option(
      '--blocks <what>',
      'with --stall: works, production, staffing, or several with commas (default: by the cause)',
      (text: string) => text.split(','),
    )
    .option('--from <day>', 'with --stall: since when (default: the day of the entry)')
    .option('--to <day>', 'with --stall: the last day that this covers')
    .option('--stall-id <id>', 'with --stall: its id (default: the cause and the first day)')
    .option('--resumed <stall>', 'the stall of this id is over')
    .option('--forecast <when>', 'expected then: a day, 2019-03, 2018-H2, or FROM..TO')
    .option('--target <target>', 'with --forecast: completion, production or an item (default: completion)')
    .option('--scope <text>', 'with --forecast: of what part')
    .option(
      '--stage <stage>',
      'it enters a stage: contracted, started, built, trial-production, in-production, accepted ...',
    )
    .option('--no-change <period>', 'nothing changed in this period, such as 2018-06')
    .option('--withdraw <entry>', 'takes an entry back; with a fact beside it, that one replaces it')
    .optionsGroup('About the entry:')
    .option('--reason <text>', 'with --withdraw or --forecast: why')
    .option(
      '--as-of <day>',
      'the day it is true for, or today, yesterday (default: the business day of the service)',
    )
    .option('--note <text>', 'a remark')
    .addOption(new Option('--by <name>', 'who says so').env('TOPOUT_BY'))
    .option('--id <uuid>', 'id of the entry; sending it again with the same id doubles nothing')
    .addHelpText('after', `\n${logExamples(terminal.calledAs)}`)
    .action(async (project: string, item: string | undefined, { change, ...options }: TypedOptions) => {
      // Commander takes an option called --no-change for the contrary of --change.
      const noChange = typeof change === 'string' ? change : undefined;
      await log(terminal, project, item, { ...options, noChange });
    });
}

async function log(
  terminal: Terminal,
  project: string,
  item: string | undefined,
  options: LogOptions,
): Promise<void> {
  const fact = factSaid(item, options);
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
    withdraw === undefined
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

function check(fact: Fact | undefined, { withdraw, reason, forecast, asOf }: LogOptions): void {
  if (!fact && withdraw === undefined)
    throw usage('Nothing is said; expected a fact, see "topout help log".');
  if (withdraw !== undefined && reason === undefined) {
    throw usage('--withdraw without a reason; expected --reason TEXT.');
  }
  if (reason !== undefined && withdraw === undefined && forecast === undefined) {
    throw usage('--reason says nothing by itself; expected it beside --withdraw or --forecast.');
  }
  if (asOf !== undefined) dayOrMonthOf(asOf, '--as-of', '2000-01-01');
}

/** The day and the remark of an entry; a period that has ended is told of at its end, everything else today. */
function about(
  { asOf, note }: LogOptions,
  day: Day | undefined,
  today: Day,
): { asOf: string; note?: string } {
  const own = day !== undefined && day < today ? day : today;
  return {
    asOf: asOf === undefined ? own : dayOrMonthOf(asOf, '--as-of', today),
    ...(note === undefined ? {} : { note }),
  };
}

/** A withdrawal is of today; what replaces an entry is about the day of that entry, unless another one is said. */
async function withdrawal(
  client: Client,
  project: string,
  fact: Fact | undefined,
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
