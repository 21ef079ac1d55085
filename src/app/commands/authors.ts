import type { Command } from '../../../domain/project/commands.js';
import type { Project } from '../../../domain/project/project.js';
import type { WriteRequest } from '../queries/asked.js';
import { notPermitted } from '../refusals.js';

/** A command whose entries record that their author signed in. */
export function verified(command: Command, { verification }: WriteRequest): Command {
  if (!verification) return command;
  const entry = { ...command.entry, verification };
  if (command.type !== 'WithdrawEntry' || !command.replacement) return { ...command, entry };
  const { replacement } = command;
  return {
    ...command,
    entry,
    replacement: { ...replacement, entry: { ...replacement.entry, verification } },
  };
}

/** Refuses to withdraw the entry of another author. @throws Refused `not-permitted` */
export function requireOwn(project: Project, command: Command, by: string): void {
  if (command.type !== 'WithdrawEntry' || project.status !== 'registered') return;
  const entry = project.said.byId(command.data.entry);
  if (entry && entry.by !== by) throw notPermitted(['entry-withdraw-others']);
}
