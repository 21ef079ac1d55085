import { type Command, Option } from 'commander';
import type { Permission } from '../../../../domain/access/permissions.js';
import { isEverywhere } from '../../../../domain/access/scope.js';
import { refusalOf } from '../../../app/refusals.js';
import { exitCodes } from '../../../composition/exit-codes.js';
import type { Self } from '../../../http/answers/self.js';
import { type Closing, ownerless, StatedAuthors } from '../../../maintenance/stated-authors.js';
import type { Client } from '../../client/client.js';
import { type Failure, failure } from '../../client/failure.js';
import { allSubscriptions } from '../../input/ids.js';
import { type AskOptions, askingOptions, clientOf } from '../../input/options.js';
import type { Terminal } from '../../terminal.js';
import { closingText } from '../../views/closing.js';
import { asFailure } from '../store/store-failure.js';

interface ClosingOptions extends AskOptions {
  data: string;
}

/** The parts of a page of the log that are counted. */
interface LogPart {
  upTo: number;
  head: number;
  items: {
    by: string;
    project: string;
    recordedAt: string;
    source: { kind: string };
    verification?: string;
  }[];
}

/** Positions of one page of the log. */
const pageSize = '500';

/** `topout admin closing`: what changes once an open installation asks for a sign-in; nothing is changed. */
export function closingCommand(group: Command, terminal: Terminal): void {
  askingOptions(
    group.command('closing').summary('list what changes once the installation asks for a sign-in'),
    terminal,
  )
    .description(
      'Lists what closing an open installation changes: the names that entries state, subscriptions that nobody will own, and what needs a key from then on. Nothing is changed. It reads the data folder while the service is stopped, and asks the running service of that folder otherwise; one that is closed already shows the names to the key of an auditor, and the subscriptions to that of an administrator.',
    )
    .addOption(new Option('--data <folder>', 'the data folder').env('TOPOUT_DATA').default('data'))
    .action(async (options: ClosingOptions) => {
      const closing = await read(options);
      terminal.out(options.json ? JSON.stringify(closing) : closingText(closing, options.lang));
    });
}

async function read(options: ClosingOptions): Promise<Partial<Closing>> {
  const { closingOf } = await import('../../../maintenance/closing.js');
  try {
    return await closingOf(options.data);
  } catch (error) {
    if (refusalOf(error)?.reason !== 'store-in-use') return asFailure(Promise.reject(error));
    return asked(clientOf(options));
  }
}

/**
 * The same, from a running service. One that asks for a sign-in shows each part to the role that reads it: no key shows both.
 *
 * @throws Failure the service shows neither part
 */
async function asked(client: Client): Promise<Partial<Closing>> {
  const { mode, permissions } = (await client.get<Self>('people/self')).body;
  const isAnswered = (permission: Permission) =>
    mode === 'open' || isEverywhere(permissions[permission] ?? []);
  const names = isAnswered('log-read') ? await statedIn(client) : {};
  const subscriptions = isAnswered('subscriptions-all') ? await allSubscriptions(client) : undefined;
  if (!('entries' in names) && !subscriptions) throw closedAlready(client.at);
  return {
    isClosed: mode !== 'open',
    ...names,
    ...(subscriptions ? { subscriptions: ownerless(subscriptions) } : {}),
  };
}

/** The names that entries state, of the whole log. */
async function statedIn(client: Client): Promise<Pick<Closing, 'entries' | 'stated'>> {
  const authors = new StatedAuthors();
  for (let after = 0; ; ) {
    const { body } = await client.get<LogPart>('entries', { after: String(after), limit: pageSize });
    for (const { source, verification, ...entry } of body.items)
      authors.add({
        ...entry,
        isImported: source.kind === 'import',
        isSignedIn: verification === 'signed-in',
      });
    after = body.upTo;
    if (body.upTo >= body.head) break;
  }
  return { entries: authors.entries, stated: authors.list() };
}

function closedAlready(at: string): Failure {
  return failure(
    exitCodes.refused,
    { en: 'The installation is closed already', zh: '该安装已要求登录' },
    {
      en: `${at} asks for a sign-in, so closing changes nothing more. To list what was stated before, stop it and repeat the command at the machine; or give --key-file: the key of an auditor of the whole installation lists the names that entries state, and that of an administrator the subscriptions.`,
      zh: `${at} 已要求登录，不会再有变化。如需列出此前自述的内容：停止服务后在本机重新执行本命令；或用 --key-file 指定密钥：整个安装的审计员可列出记录中的自述姓名，管理员可列出订阅。`,
    },
  );
}
