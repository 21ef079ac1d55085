import type { Command } from 'commander';
import type { ContradictionsPage, Project, RowsPage } from '../client/answers.js';
import { authorsOf } from '../client/authors.js';
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
import type { Terminal } from '../terminal.js';
import { momentLine } from '../views/figures.js';
import { figuresHelp } from '../views/help-topics.js';
import { contradictionTable } from '../views/project/contradictions.js';
import { projectList } from '../views/project/project-list.js';
import { projectPage } from '../views/project/project-page.js';

interface ShowOptions extends MomentOptions {
  contradictions?: true;
  limit?: string;
  cursor?: string;
}

/** `topout show`: the list of projects, or one project with its items, money, schedule, stalls and contradictions. */
export function showCommand(program: Command, terminal: Terminal): void {
  const command = program.command('show [project]').summary('show all projects, or one');
  momentOptions(askingOptions(command, terminal))
    .description('Shows all projects in a line each, or one project whole.')
    .option(
      '--contradictions',
      'with a project: all its contradictions, the open ones first, the latest first',
    )
    .option('--limit <count>', 'with --json, for all projects or contradictions: how many in a page')
    .option(
      '--cursor <cursor>',
      'with --json, for all projects or contradictions: the "next" of the page before',
    )
    .addHelpText('after', `\n${figuresHelp}`)
    .action(async (project: string | undefined, options: ShowOptions) => {
      const client = clientOf(options);
      const query = await momentQuery(client, options);
      if (project !== undefined && options.contradictions) {
        await showContradictions({ client, terminal, project, options }, query);
      } else if (project !== undefined) {
        const answer = await askedOf(client, project, () =>
          client.get<Project>(Client.path('projects', project), query),
        );
        print(
          terminal,
          options,
          answer,
          (body) =>
            `${projectPage(body, project, terminal, options.lang)}\n\n${momentLine(body, options, options.lang)}`,
        );
      } else if (options.json) {
        const page = { ...query, limit: options.limit, cursor: options.cursor };
        terminal.out((await client.get('projects', page)).text);
      } else {
        const page = await client.all<RowsPage>('projects', query);
        terminal.out(
          `${projectList(page.items, options.lang)}\n\n${momentLine(page, options, options.lang)}`,
        );
      }
    });
}

async function showContradictions(
  asked: { client: Client; terminal: Terminal; project: string; options: ShowOptions },
  query: Awaited<ReturnType<typeof momentQuery>>,
): Promise<void> {
  const { client, terminal, project, options } = asked;
  const path = Client.path('projects', project);
  if (options.json) {
    const page = { ...query, limit: options.limit, cursor: options.cursor };
    const answer = await askedOf(client, project, () => client.get(`${path}/contradictions`, page));
    return terminal.out(answer.text);
  }
  const page = await askedOf(client, project, () =>
    client.all<ContradictionsPage>(`${path}/contradictions`, query),
  );
  terminal.out(
    `${contradictionTable(page.items, await authorsOf(client, options.lang), options.lang)}\n\n${momentLine(page, options, options.lang)}`,
  );
}
