import type { Command } from 'commander';
import type { SeriesPoint } from '../../../projections/changes/series.js';
import type { Series } from '../client/answers.js';
import { Client } from '../client/client.js';
import { askedOf } from '../input/near-projects.js';
import {
  askingOptions,
  clientOf,
  type MomentOptions,
  momentOptions,
  momentQuery,
  print,
} from '../input/options.js';
import { checkDay } from '../input/period.js';
import type { Language, Terminal } from '../terminal.js';
import { momentLine, money, percent } from '../views/figures.js';
import { figuresHelp } from '../views/help-topics.js';
import { table } from '../views/table.js';
import { columns } from '../views/words.js';

interface SeriesOptions extends MomentOptions {
  from?: string;
}

/** `topout series`: the figures of a project on every day on which one of them changed. */
export function seriesCommand(program: Command, terminal: Terminal): void {
  const command = program.command('series <project>').summary('show the figures of a project day by day');
  momentOptions(askingOptions(command, terminal))
    .description('Shows the figures of a project at the end of every day on which something changed.')
    .option('--from <day>', 'the first day (default: that of the first entry)')
    .addHelpText('after', `\n${figuresHelp}`)
    .action(async (project: string, options: SeriesOptions) => {
      if (options.from !== undefined) checkDay(options.from, '--from');
      const client = clientOf(options);
      const query = { ...(await momentQuery(client, options)), from: options.from };
      const path = Client.path('projects', project, 'series');
      const answer = await askedOf(client, project, () => client.get<Series>(path, query));
      print(
        terminal,
        options,
        answer,
        (body) => `${seriesTable(body.items, options.lang)}\n\n${momentLine(body, options, options.lang)}`,
      );
    });
}

/** One line per day. */
function seriesTable(series: readonly SeriesPoint[], language: Language): string {
  const figures = ['percent', 'stated', 'atMost', 'planned', 'invested', 'stalls'] as const;
  return table(
    columns(['asOf', ...figures], language, figures),
    series.map((point) => [
      point.asOf,
      percent(point.percentBasisPoints, language),
      percent(point.floorBasisPoints, language),
      percent(point.ceilingBasisPoints, language),
      point.plannedBasisPoints === null ? '-' : percent(point.plannedBasisPoints, language),
      point.sinceStartMinor === null || point.currency === null
        ? '-'
        : money(point.sinceStartMinor, point.currency, language),
      String(point.openStalls),
    ]),
  );
}
