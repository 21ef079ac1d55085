import { type Command, Option } from 'commander';
import { usage } from '../client/failure.js';
import { askingOptions, clientOf, momentOptions } from '../input/options.js';
import { checkDay } from '../input/period.js';
import { replayDistrict } from '../replay/district.js';
import { replayProject } from '../replay/project.js';
import type { ReplayOptions } from '../replay/run.js';
import type { Pace } from '../replay/steps.js';
import type { Terminal } from '../terminal.js';

const examples = (
  calledAs: string,
): string => `On a terminal keys move on: n or right, b or left, Home, End, g to a day, q to quit.
Elsewhere every step is printed; with --json a line of JSON each.

Examples (they work on the example district):
  ${calledAs} replay huaao-2                          day by day, as all of it is known now
  ${calledAs} replay huaao-2 --clock knownAt          entry by entry, as it was recorded
  ${calledAs} replay --from 2018-06-01                the totals of all projects`;

/** `topout replay`: the history of a project, or of all of them, step by step on either clock. */
export function replayCommand(program: Command, terminal: Terminal): void {
  const command = program.command('replay [project]').summary('go through a history step by step');
  momentOptions(askingOptions(command, terminal))
    .description(
      'Goes through the history of a project, or of the totals of all projects, step by step: what came, by whom, and what it changed.',
    )
    .addOption(
      new Option(
        '--clock <clock>',
        'the clock that moves: the days that entries are about, or their recording',
      )
        .choices(['asOf', 'knownAt'])
        .default('asOf'),
    )
    .addOption(
      new Option(
        '--by <step>',
        'how far a step goes (default: day on the clock asOf, entry on knownAt)',
      ).choices(['entry', 'day']),
    )
    .option('--from <day>', 'only steps from this day of the clock on')
    .option('--to <day>', 'only steps up to this day of the clock')
    .addHelpText('after', `\n${examples(terminal.calledAs)}`)
    .action(async (project: string | undefined, options: ReplayOptions) => {
      const pace = paceOf(options);
      const client = clientOf(options);
      if (project === undefined) await replayDistrict({ client, pace, terminal, options });
      else await replayProject({ client, pace, terminal, options }, project);
    });
}

/** @throws Failure the options do not fit together */
function paceOf({ clock, by = clock === 'asOf' ? 'day' : 'entry', from, to }: ReplayOptions): Pace {
  if (from !== undefined) checkDay(from, '--from');
  if (to !== undefined) checkDay(to, '--to');
  if (clock === 'asOf' && by === 'entry')
    throw usage({
      en: '--by entry on the clock asOf: figures are of whole days; expected --by day, or --clock knownAt.',
      zh: '--clock asOf 与 --by entry 同用：指标按整日计；应为 --by day，或 --clock knownAt。',
    });
  return { clock, by };
}
