import type { Command } from 'commander';
import type { Parked } from '../../app/views/parked.js';
import { type AskOptions, askingOptions, clientOf, print } from '../input/options.js';
import type { Language, Terminal } from '../terminal.js';
import { groupOf } from '../views/groups.js';
import { table } from '../views/table.js';
import { either } from '../views/words.js';

/** How long a rebuild may take, in milliseconds. */
const patienceMs = 3_600_000;

/** `topout views`: the views of a running service. */
export function viewsCommand(program: Command, terminal: Terminal): void {
  const group = groupOf(
    program,
    'views',
    'try parked projects again',
    'A view parks a project when it cannot take one of its events; "/health/ready" names them.',
  );
  askingOptions(group.command('retry').summary('try parked projects again'), terminal)
    .description('Rebuilds the views beside those in use, which tries every parked project again.')
    .action(async (options: AskOptions) => {
      // A rebuild may take minutes.
      const answer = await clientOf(options).post<{ parked: Parked[] }>('views/retry', { patienceMs });
      print(terminal, options, answer, ({ parked }) => parkedTable(parked, options.lang));
    });
}

function parkedTable(parked: readonly Parked[], language: Language): string {
  if (parked.length === 0) return either(language, 'No project is parked.', '没有暂停计算的项目。');
  const columns = [
    { head: either(language, 'view', '视图') },
    { head: either(language, 'project', '项目') },
    { head: either(language, 'since position', '起始位置') },
    { head: either(language, 'why', '原因') },
  ];
  return table(
    columns,
    parked.map(({ view, project, since, why }) => [view, project, String(since.position), why]),
  );
}
