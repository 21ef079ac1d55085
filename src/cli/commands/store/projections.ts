import { type Command, Option } from 'commander';
import { exitCodes } from '../../../composition/exit-codes.js';
import { readConfig } from '../../../composition/settings/config.js';
import type { Compared, ServerProjections } from '../../../maintenance/server-projections.js';
import { failure, usage } from '../../client/failure.js';
import type { Terminal } from '../../terminal.js';
import { groupOf } from '../../views/groups.js';
import { startProgress } from '../../views/progress.js';
import { comparedLine, pushedLine, statusTable } from './projection-lines.js';
import { asFailure } from './store-failure.js';

interface ProjectionOptions {
  wait: string;
  json?: true;
}

/** `topout projections`: the folds that run inside an EventStoreDB server. */
export function projectionsCommand(program: Command, terminal: Terminal): void {
  const group = groupOf(
    program,
    'projections',
    'deploy, watch, compare or remove the projections on an EventStoreDB server',
    'Deploys the projections of this build on the server that EVENT_STORE_URL names, and compares what it makes of them.',
  );
  part(group, 'push', 'deploy this build; the same build again changes nothing')
    .description(
      'Deploys the projections of this build beside older ones, waits until they have caught up, and removes the older ones.',
    )
    .action((options: ProjectionOptions) => onServer(options, (server) => push(server, options, terminal)));
  part(group, 'status', 'what is deployed, and how it runs')
    .description(
      'Shows each projection of this build and of older ones, with its state, progress and last error.',
    )
    .action((options: ProjectionOptions) =>
      onServer(options, async (server) => {
        const found = await server.status();
        terminal.out(options.json ? JSON.stringify({ projections: found }) : statusTable(found));
      }),
    );
  part(group, 'diff', 'compare what the server made with what this build makes')
    .description(
      'Folds the events of every project here, compares with the state on the server, and names each project that differs.',
    )
    .action((options: ProjectionOptions) => onServer(options, (server) => diff(server, options, terminal)));
  part(group, 'remove', 'remove what was deployed, of any build')
    .description('Removes the projections that Topout deployed for TOPOUT_STREAM_PREFIX, and no others.')
    .action((options: ProjectionOptions) =>
      onServer(options, async (server) => {
        const removed = await server.remove();
        const lines = removed.map((name) => `${name} was removed.`);
        const said = lines.length > 0 ? lines.join('\n') : 'No projection of Topout is deployed there.';
        terminal.out(options.json ? JSON.stringify({ removed }) : said);
      }),
    );
}

async function push(
  server: ServerProjections,
  { json }: ProjectionOptions,
  terminal: Terminal,
): Promise<void> {
  const pushed = await server.push();
  terminal.out(json ? JSON.stringify({ pushed }) : pushed.map(pushedLine).join('\n'));
  if (pushed.every(({ isCaughtUp }) => isCaughtUp)) return;
  const detail = {
    en: 'Not every projection has caught up; see "topout projections status". The same command again goes on from here.',
    zh: '有投影尚未跟上；见“topout projections status”。再次执行同一命令即从此处继续。',
  };
  throw failure(exitCodes.tryLater, { en: 'Not caught up', zh: '尚未跟上' }, detail);
}

async function diff(
  server: ServerProjections,
  { json }: ProjectionOptions,
  terminal: Terminal,
): Promise<void> {
  const progress = startProgress(terminal, { en: 'Comparing', zh: '比较' }, { en: 'streams', zh: '个流' });
  const compared: Compared[] = [];
  try {
    for await (const one of server.diff((done, of) => progress.show(done, of))) compared.push(one);
  } finally {
    progress.stop();
  }
  const unlike = compared.filter(({ outcome }) => outcome !== 'equal');
  const equal = compared.length - unlike.length;
  if (json) terminal.out(JSON.stringify({ equal, unlike }));
  else
    terminal.out(
      [...unlike.map(comparedLine), `${equal} of ${compared.length} states are equal.`].join('\n'),
    );
  if (unlike.length === 0) return;
  const isLate = unlike.every(({ outcome }) => outcome === 'behind');
  const detail = isLate
    ? {
        en: `The server is behind on ${unlike.length} of ${compared.length} states; the same command later compares them.`,
        zh: `${compared.length} 个状态中，服务器有 ${unlike.length} 个尚未跟上；请稍后再次执行以比较。`,
      }
    : {
        en: `${unlike.length} of ${compared.length} states on the server are not what this build makes of the same events.`,
        zh: `服务器上 ${compared.length} 个状态中有 ${unlike.length} 个与本版本由相同事件所得的不同。`,
      };
  const title = { en: 'The states differ', zh: '状态不同' };
  throw failure(isLate ? exitCodes.tryLater : exitCodes.damaged, title, detail);
}

function part(group: Command, name: string, summary: string): Command {
  return group
    .command(name)
    .summary(summary)
    .addOption(new Option('--wait <seconds>', 'how long the server may take to catch up').default('60'))
    .option('--json', 'print JSON');
}

async function onServer(
  { wait }: ProjectionOptions,
  work: (server: ServerProjections) => Promise<void>,
): Promise<void> {
  if (!/^\d{1,5}$/.test(wait))
    throw usage({
      en: `--wait is "${wait}"; expected whole seconds.`,
      zh: `--wait 为“${wait}”；应为整秒数。`,
    });
  await asFailure(
    (async () => {
      const { openServerProjections } = await import('../../../maintenance/server-projections.js');
      const server = openServerProjections(readConfig(), Number(wait) * 1_000);
      try {
        await work(server);
      } finally {
        await server.close();
      }
    })(),
  );
}
