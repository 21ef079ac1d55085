import { type Command, Option } from 'commander';
import type { EventSourceMessage } from 'eventsource-parser';
import type { Project } from '../../client/answers.js';
import { Client } from '../../client/client.js';
import { invalid } from '../../client/failure.js';
import { type FollowWorld, follow } from '../../client/follow.js';
import { type FilterOptions, filterOptions, filterQuery } from '../../input/alert-filter.js';
import { askedOf, warnOfUnknown } from '../../input/near-projects.js';
import { askingOptions, clientOf } from '../../input/options.js';
import type { Language, Terminal } from '../../terminal.js';
import { happeningLine, type Told } from '../../views/alerts/watch-words.js';
import { either } from '../../views/words.js';

interface WatchOptions extends FilterOptions {
  after?: string;
  status?: string;
}

const world: FollowWorld = {
  after(ms, call) {
    const timer = setTimeout(call, ms);
    return () => clearTimeout(timer);
  },
  random: Math.random,
};

/** `topout watch`: alert events as they happen, until Ctrl-C. */
export function watchCommand(program: Command, terminal: Terminal): void {
  const command = program.command('watch').summary('follow alerts as they happen');
  filterOptions(askingOptions(command, terminal))
    .description(
      'Follows alerts as they happen, a line each, until Ctrl-C; a service that goes away is waited for, and nothing is missed.',
    )
    .addOption(
      new Option(
        '--status <status>',
        'only events that leave an alert open, or only those that clear one',
      ).choices(['open', 'cleared']),
    )
    .option('--after <position>', 'tell first what came after this position; 0 tells everything')
    .action(async (options: WatchOptions) => {
      checkPosition(options.after);
      const client = clientOf(options);
      const { project } = options;
      // A stream of a project that does not exist would be silent forever.
      if (project !== undefined)
        await askedOf(client, project, () => client.get<Project>(Client.path('projects', project)));
      await warnOfUnknown(client, terminal, { district: options.district, sector: options.sector });
      await watch(client, options, terminal);
    });
}

async function watch(client: Client, options: WatchOptions, terminal: Terminal): Promise<void> {
  const { lang: language, after, status } = options;
  const query = { ...filterQuery(options), status, language };
  const say = (en: string, zh: string) => terminal.err(either(language, en, zh));
  const following = {
    open: (lastId: string | undefined, signal: AbortSignal) => {
      const asked = lastId === undefined ? { ...query, after } : query;
      return client.open('alerts/stream', asked, lastId, signal);
    },
    event: (event: EventSourceMessage) => tell(event, options, terminal, say),
    gone: (why: string) =>
      say(
        `The service at ${client.at} is gone (${why}); waiting until it is back.`,
        `${client.at} 的服务已中断（${why}）；正在等待恢复。`,
      ),
    back: (lastId: string | undefined) =>
      say(
        `The service is back; going on after position ${lastId ?? after ?? 0}.`,
        `服务已恢复；从位置 ${lastId ?? after ?? 0} 之后继续。`,
      ),
  };
  if (!options.json) say('Following alerts; Ctrl-C ends it.', '正在跟踪预警；按 Ctrl-C 结束。');
  await follow(following, world, terminal.interruption());
}

function tell(
  { event, data }: EventSourceMessage,
  { json, lang: language }: { json?: true; lang: Language },
  terminal: Terminal,
  say: (en: string, zh: string) => void,
): void {
  if (event === 'reset') {
    const { position, seen } = JSON.parse(data) as { position: number; seen: string };
    if (json) terminal.out(JSON.stringify({ type: 'reset', ...JSON.parse(data) }));
    say(
      `The service has another log than before (position ${seen} is not in it); continuing after position ${position}. Open alerts: ${terminal.calledAs} alerts`,
      `服务的记录与之前不同（没有位置 ${seen}）；从位置 ${position} 之后继续。现有预警：${terminal.calledAs} alerts`,
    );
    return;
  }
  terminal.out(json ? data : happeningLine(JSON.parse(data) as Told, terminal, language));
}

function checkPosition(after: string | undefined): void {
  if (after !== undefined && !/^\d{1,15}$/.test(after))
    throw invalid('--after', after, { en: 'a position of the log, a whole number', zh: '记录的位置，整数' });
}
