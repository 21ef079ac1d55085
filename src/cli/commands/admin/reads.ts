import { type Command, Option } from 'commander';
import { type ReadKind, type ReadRecorded, readKinds } from '../../../app/access/reads.js';
import type { PageOf } from '../../../app/queries/asked.js';
import { type AskOptions, askingOptions, clientOf, print } from '../../input/options.js';
import type { Terminal } from '../../terminal.js';
import { readsTable } from '../../views/reads.js';

interface ReadsOptions extends AskOptions {
  person?: string;
  kind?: ReadKind;
  limit: string;
}

/** `topout admin reads`: who read the log, earlier knowledge, or names of people. */
export function readsCommand(group: Command, terminal: Terminal): void {
  askingOptions(group.command('reads').summary('who read what, latest first'), terminal)
    .description(
      'Lists recorded reads: of the whole log, of what many projects were known as more than a day ago, and of the names and contacts of people. For auditors and administrators of the installation.',
    )
    .option('--person <person>', 'only of this person, by id')
    .addOption(new Option('--kind <kind>', 'only of this kind').choices(readKinds))
    .option('--limit <count>', 'how many at most, 1 to 500', '100')
    .action(async (options: ReadsOptions) => {
      const { person, kind, limit } = options;
      const answer = await clientOf(options).get<PageOf<ReadRecorded>>('access/reads', {
        person,
        kind,
        limit,
      });
      print(terminal, options, answer, ({ items }) => readsTable(items, options.lang));
    });
}
