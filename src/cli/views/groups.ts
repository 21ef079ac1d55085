import type { Command } from 'commander';
import { nearNames } from '../input/near-names.js';

/** A command group; its subcommands are added to it. */
export function groupOf(program: Command, name: string, summary: string, description: string): Command {
  return program.command(name).summary(summary).description(description).helpCommand(false);
}

/** The default subcommand of a group; an unknown name is reported. */
export function listOf(group: Command, summary: string): Command {
  return group
    .command('list', { isDefault: true })
    .summary(summary)
    .allowExcessArguments()
    .hook('preAction', (_, { args }) => {
      const [typed] = args;
      if (typed === undefined) return;
      const known = group.commands.map((one) => ({ id: one.name(), names: [] }));
      const [near] = nearNames(typed, known);
      const hint = near === undefined ? '' : `\n(Did you mean ${near}?)`;
      group.error(`error: unknown command '${group.name()} ${typed}'${hint}`);
    });
}
