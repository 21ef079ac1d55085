import { type Command, Option } from 'commander';
import { refusalOf } from '../../../app/refusals.js';
import { type Closing, closingOf, ownerless, StatedAuthors } from '../../../maintenance/closing.js';
import type { Subscription } from '../../client/answers.js';
import type { Client } from '../../client/client.js';
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
      'Lists what closing an open installation changes: the names that entries state, subscriptions that nobody will own, and what needs a key from then on. Nothing is changed. It reads the data folder while the service is stopped, and asks the running service of that folder otherwise, which has to be open.',
    )
    .addOption(new Option('--data <folder>', 'the data folder').env('TOPOUT_DATA').default('data'))
    .action(async (options: ClosingOptions) => {
      const closing = await read(options);
      terminal.out(options.json ? JSON.stringify(closing) : closingText(closing, options.lang));
    });
}

async function read(options: ClosingOptions): Promise<Closing> {
  try {
    return await closingOf(options.data);
  } catch (error) {
    if (refusalOf(error)?.reason !== 'store-in-use') return asFailure(Promise.reject(error));
    return asked(clientOf(options));
  }
}

/** The same, from a running service. */
async function asked(client: Client): Promise<Closing> {
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
  const subscriptions: Subscription[] = await allSubscriptions(client);
  return {
    entries: authors.entries,
    stated: authors.list(),
    subscriptions: ownerless(subscriptions),
  };
}
