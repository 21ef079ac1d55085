import type { Command } from 'commander';
import type { Explained } from '../client/answers.js';
import { authorsOf } from '../client/authors.js';
import { Client } from '../client/client.js';
import { askedOf } from '../input/near-projects.js';
import { askingOptions, clientOf, type MomentOptions, momentOptions, momentQuery } from '../input/options.js';
import type { Terminal } from '../terminal.js';
import { explanationText } from '../views/explanation.js';
import { momentLine } from '../views/figures.js';

const examples = (calledAs: string): string => `Figures:
  percent, floor, ceiling         completion; of an item or a group percent:ITEM, floor:ITEM, ceiling:ITEM
  planned, dated-percent, ahead   the plan on the day, and what is done of it
  slip:TARGET, slip:ITEM:start    days by which the latest forecast is later than the plan
  invested, share-of-plan         money since the start, and its share of the planned investment
  annual-share, annual-ahead      the share of the annual plan, less the elapsed part of the year
  money:ENTRY                     any other figure of money, by its entry

Examples (they work on the example district):
  ${calledAs} explain huaao-2 --as-of 2018-06-30
  ${calledAs} explain huaao-2 ceiling:equipment
  ${calledAs} explain tengjun invested --known-at 60`;

/** `topout explain`: one figure of a project, every number down to the entries. */
export function explainCommand(program: Command, terminal: Terminal): void {
  const command = program.command('explain <project> [figure]').summary('show where a figure comes from');
  momentOptions(askingOptions(command, terminal))
    .description(
      'Shows where a figure comes from: every number down to the entries, and the entries that do not count for it.',
    )
    .addHelpText('after', `\n${examples(terminal.calledAs)}`)
    .action(async (project: string, figure: string | undefined, options: MomentOptions) => {
      const client = clientOf(options);
      const query = { ...(await momentQuery(client, options)), figure };
      const path = Client.path('projects', project, 'explanation');
      const { body, text } = await askedOf(client, project, () => client.get<Explained>(path, query));
      if (options.json) return terminal.out(text);
      const author = await authorsOf(client, options.lang);
      const explained = { ...body, entries: body.entries.map(author) };
      terminal.out(`${explanationText(explained, options.lang)}\n${momentLine(body, options, options.lang)}`);
    });
}
