import type { Command } from '../domain/commands.js';
import type { ProjectEvent } from '../domain/events.js';
import { commandOfFact, lastSaidLike, type Project, type Said } from '../domain/project.js';

/** The entry that says already what a command says, once `decide` has found nothing new in it. */
export function alreadySaid(command: Command, project: Project): Said {
  const said = project.status === 'registered' ? project.said : [];
  const found = find(command, project, said);
  if (!found) throw new Error(`Nothing says what ${command.type} says, yet it added nothing.`);
  return found;
}

function find(command: Command, project: Project, said: readonly Said[]): Said | undefined {
  const live = said.filter((entry) => !entry.withdrawnBy);
  switch (command.type) {
    case 'RegisterProject':
      return live.find((entry) => entry.type === 'ProjectRegistered');
    case 'DescribeProject':
      return describedIn(live, command) ?? live.find((entry) => entry.type === 'ProjectRegistered');
    case 'AdoptPlan':
      return lastSaidLike(
        { type: 'PlanAdopted', data: { ...command.data, version: 0 }, entry: command.entry },
        project,
      );
    case 'WithdrawEntry':
      return said.findLast(
        (entry) => entry.type === 'EntryWithdrawn' && entry.data.entry === command.data.entry,
      );
    default: {
      const fact = asEvent(command);
      return fact && lastSaidLike(fact, project);
    }
  }
}

/** The description that was the last to say one of the details named, as they are on the day of the command. */
function describedIn(
  live: readonly Said[],
  { data, entry: { asOf } }: Command & { type: 'DescribeProject' },
): Said | undefined {
  const named = Object.entries(data).flatMap(([name, value]) => (value === undefined ? [] : [name]));
  return live
    .filter((said) => said.type === 'ProjectDescribed' && said.entry.asOf <= asOf)
    .sort((a, b) => (a.entry.asOf < b.entry.asOf ? -1 : a.entry.asOf > b.entry.asOf ? 1 : 0))
    .findLast((said) => named.some((name) => Object.hasOwn(said.data, name)));
}

/** What a fact command says, as an event; undefined for any other command. */
export function asEvent(command: Command): ProjectEvent | undefined {
  const [type] = Object.entries(commandOfFact).find(([, name]) => name === command.type) ?? [];
  return type === undefined
    ? undefined
    : ({ type, data: command.data, entry: command.entry } as ProjectEvent);
}
