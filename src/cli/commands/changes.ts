import { type Command, Option } from 'commander';
import type { Changes, TotalChanges } from '../client/answers.js';
import { Client, type Query } from '../client/client.js';
import { askedOf } from '../input/near-projects.js';
import { askingOptions, clientOf, type MomentOptions, momentQuery, print } from '../input/options.js';
import type { Terminal } from '../terminal.js';
import { betweenText } from '../views/project/between.js';
import { changesText } from '../views/project/changes.js';

const examples = (calledAs: string): string => `Examples (they work on the example district):
  ${calledAs} changes huaao-2 --from 2018-05-31
  ${calledAs} changes --as-of 2018-05-31 --known-at 60 --to-as-of 2018-06-30`;

interface ChangesOptions extends MomentOptions {
  from?: string;
  to?: string;
  clock: 'asOf' | 'knownAt';
  toAsOf?: string;
  toKnownAt?: string;
}

/** `topout changes`: the differences between two moments, of one project or of all. */
export function changesCommand(program: Command, terminal: Terminal): void {
  askingOptions(program.command('changes [project]'), terminal)
    .summary('show what changed between two moments')
    .description(
      'Shows what is different between two days, or between what was known at two moments, and by which entries. Without a project: of all projects, between two moments of both clocks.',
    )
    .option(
      '--from <moment>',
      'the earlier moment on the clock: a day; or with --clock knownAt a position or an instant',
    )
    .option('--to <moment>', 'the later moment (default: now)')
    .addOption(
      new Option('--clock <clock>', 'the clock that --from and --to are read on')
        .choices(['asOf', 'knownAt'])
        .default('asOf'),
    )
    .option('--as-of <day>', 'with --clock knownAt: the day to answer about')
    .option('--known-at <moment>', 'with --clock asOf: what was known then')
    .option('--to-as-of <day>', 'without a project: the day of the later moment')
    .option('--to-known-at <moment>', 'without a project: what was known at the later moment')
    .addHelpText('after', `\n${examples(terminal.calledAs)}`)
    .action(async (project: string | undefined, options: ChangesOptions, command: Command) => {
      const client = clientOf(options);
      const { from, to, clock } = options;
      if (project === undefined) {
        const answer = await client.get<TotalChanges>(
          'portfolio/changes',
          await bothMoments(client, options),
        );
        return print(terminal, options, answer, (body) => betweenText(body, options.lang));
      }
      if (from === undefined) command.error("error: required option '--from <moment>' not specified");
      const query = { ...(await momentQuery(client, options)), from, to, clock };
      const answer = await askedOf(client, project, () =>
        client.get<Changes>(Client.path('projects', project, 'changes'), query),
      );
      print(terminal, options, answer, (body) => changesText(body, options.lang));
    });
}

/** Both moments in the form of the service; --from and --to name points of one clock, the other options the rest. */
async function bothMoments(client: Client, options: ChangesOptions): Promise<Query> {
  const { from, to, clock, toAsOf, toKnownAt } = options;
  const { asOf, knownAt } = await momentQuery(client, options);
  const later = await momentQuery(client, { ...options, asOf: toAsOf });
  return clock === 'knownAt'
    ? { asOf, knownAt: from ?? knownAt, toAsOf: later.asOf ?? asOf, toKnownAt: to ?? toKnownAt }
    : { asOf: from ?? asOf, knownAt, toAsOf: to ?? later.asOf, toKnownAt: toKnownAt ?? (from && knownAt) };
}
