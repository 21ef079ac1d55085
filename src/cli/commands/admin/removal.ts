import type { Command } from 'commander';
import { Client } from '../../client/client.js';
import { type AskOptions, askingOptions, clientOf, saying } from '../../input/options.js';
import type { Terminal } from '../../terminal.js';
import { either } from '../../views/words.js';

/** A command that removes what its arguments name, each below the one before. */
export function removal(
  group: Command,
  terminal: Terminal,
  name: string,
  summary: string,
  folders: readonly string[],
): void {
  askingOptions(group.command(name).summary(summary), terminal).action(async (...typed: unknown[]) => {
    const names = typed.slice(0, folders.length) as string[];
    const options = typed[folders.length] as AskOptions;
    const path = Client.path(...folders.flatMap((folder, index) => [folder, names[index] ?? '']));
    await clientOf(options).delete(path, saying(undefined));
    if (!options.json) terminal.out(either(options.lang, 'Done.', '已完成。'));
  });
}
