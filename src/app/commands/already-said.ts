import type { Command, FactCommand } from '../../../domain/project/commands.js';
import type { Entries } from '../../../domain/project/entries.js';
import type { ProjectEvent } from '../../../domain/project/events.js';
import { eventOfFact, lastSaidLike, type Project, type Said } from '../../../domain/project/project.js';

/** The entry that says already what a command says, once `decide` has found nothing new in it. */
export function alreadySaid(command: Command, project: Project): Said {
  const found = project.status === 'registered' ? find(command, project, project.said) : undefined;
  if (!found) throw new Error(`Nothing says what ${command.type} says, yet it added nothing.`);
  return found;
}

function find(command: Command, project: Project, said: Entries): Said | undefined {
  switch (command.type) {
    case 'RegisterProject':
      return said.live('ProjectRegistered')[0];
    case 'DescribeProject':
      return describedIn(said, command) ?? said.live('ProjectRegistered')[0];
    case 'AdoptPlan':
      return lastSaidLike(
        { type: 'PlanAdopted', data: { ...command.data, version: 0 }, entry: command.entry },
        project,
      );
    case 'WithdrawEntry':
      return said.withdrawalOf(command.data.entry);
    default: {
      const fact = asEvent(command, project);
      return fact && lastSaidLike(fact, project);
    }
  }
}

/** The description that was the last to say one of the details named, as they are on the day of the command. */
function describedIn(
  entries: Entries,
  { data, entry: { asOf } }: Command & { type: 'DescribeProject' },
): Said | undefined {
  const named = Object.entries(data).flatMap(([name, value]) => (value === undefined ? [] : [name]));
  return entries
    .live('ProjectDescribed')
    .filter((said) => said.entry.asOf <= asOf)
    .sort((a, b) => (a.entry.asOf < b.entry.asOf ? -1 : a.entry.asOf > b.entry.asOf ? 1 : 0))
    .findLast((said) => named.some((name) => Object.hasOwn(said.data, name)));
}

/** What a fact command states, as the event that records it; undefined for any other command. */
export function asEvent(command: Command, project: Project): ProjectEvent | undefined {
  if (project.status !== 'registered' || !Object.hasOwn(project.said.facts, command.type)) return undefined;
  const { said } = project;
  const { corrects } = command.entry;
  return eventOfFact(command as FactCommand, said, corrects === undefined ? undefined : said.byId(corrects));
}
