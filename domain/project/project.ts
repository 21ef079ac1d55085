import { dayWords } from '../values/day-words.js';
import { type Day, defaultTimeZone } from '../values/days/calendar.js';
import type { Decision } from '../values/decision.js';
import { isSame } from '../values/equal.js';
import { CommandRejected } from '../values/rejections.js';
import type { Command } from './commands.js';
import { Entries } from './entries.js';
import type { EventType, ProjectDetails, ProjectEvent } from './events.js';
import { explainContradiction, type RegisteredContradiction } from './explained.js';
import { type EnteredOn, type FactsOfProject, factOf } from './fact-event.js';
import type { FactTable } from './facts/fact.js';
import { requireBegun } from './facts/refusals.js';
import { requireShape } from './metadata-shape.js';
import { planFault } from './plan-fault.js';
import { statePlanMoney } from './plan-money.js';
import { movedEntries, renamesFault } from './renames.js';
import type { Said } from './said.js';
import { lastLike } from './same-again.js';

export type { Said } from './said.js';

/** A project is the sequence of its entries (docs/decisions/0002). */
export type Project = { status: 'unregistered' } | { status: 'registered'; revision: number; said: Entries };

export const emptyProject: Project = { status: 'unregistered' };

const nothing = Entries.of([]);

/**
 * The project after more events of its stream, oldest first, in linear time.
 *
 * @param facts the facts that an unregistered project knows; all of the domain by default
 */
export function replay(
  project: Project,
  events: readonly (ProjectEvent & Pick<Said, 'id' | 'revision' | 'by'>)[],
  facts?: FactTable,
): Project {
  const last = events.at(-1);
  if (!last) return project;
  const more = events.map(
    ({ id, revision, type, data, entry, by }) =>
      ({ id, revision, type, data, entry, ...(by === undefined ? {} : { by }) }) as Said,
  );
  const said = project.status === 'registered' ? project.said.and(more) : Entries.of(more, facts);
  return { status: 'registered', revision: last.revision, said };
}

/** The project as it was before one of its entries was recorded. */
export function projectBefore(project: Project, entry: Said): Project {
  const said = saidOf(project).before(entry);
  return said.length === 0 ? emptyProject : { status: 'registered', revision: entry.revision - 1, said };
}

/**
 * Decides on a command: the events that it adds to a project, or the entry that already says the same.
 *
 * @param latestDay the last day that has begun, so that facts about later days are refused
 * @param isRepeated true for a command that was accepted before, possibly by a version without renames
 * @param today the business day of the project, where it is an earlier one
 * @param contradiction the one that the command explains, as it is registered on its day
 * @throws CommandRejected the command is invalid
 */
export function decide(
  command: Command,
  project: Project,
  latestDay: Day,
  isRepeated = false,
  today: EnteredOn['today'] = () => latestDay,
  contradiction?: RegisteredContradiction,
): Decision<ProjectEvent, Said> {
  const enteredOn = { latestDay, today };
  if (command.type !== 'RegisterProject' && project.status === 'unregistered') {
    throw new CommandRejected('project-unknown', {
      seen: { en: 'a project that nobody registered', zh: '尚未登记的项目' },
      expected: { en: 'a registered project', zh: '已登记的项目' },
    });
  }
  requireBegun('asOf', command.entry.asOf, latestDay);
  requireShape(command.entry);
  const said = saidOf(project);
  requireNotTakenBack(command, said);
  switch (command.type) {
    case 'RegisterProject':
      return register(command, said);
    case 'DescribeProject':
      return describe(command, project);
    case 'AdoptPlan': {
      const fault = planFault(command.data);
      if (fault) throw new CommandRejected('plan-invalid', fault);
      // A withdrawn plan keeps its number, so that no two plans share one.
      const version = 1 + said.count('PlanAdopted');
      const data = { ...command.data, version };
      const decision = unlessSaid({ type: 'PlanAdopted', data, entry: command.entry }, said);
      if ('append' in decision && !isRepeated) checkRenames(command, said);
      return decision;
    }
    case 'StatePlanMoney':
      return statePlanMoney(command, said);
    case 'WithdrawEntry':
      return withdraw(command, said, enteredOn);
    case 'ExplainContradiction':
      return explainContradiction(command, said, contradiction);
    default:
      return unlessSaid(
        factOf(command, factsIn(said), enteredOn, correctedBy(command.entry.corrects, said)),
        said,
      );
  }
}

/**
 * The details of a project: its registration, which counts for every day, with the descriptions in the order of their
 * days.
 *
 * @param asOf leaves out descriptions for later days; all count when absent
 */
export function detailsOf(project: Project, asOf?: Day): ProjectDetails {
  const said = saidOf(project);
  let details = said.live('ProjectRegistered')[0]?.data ?? { name: {} };
  for (const { data } of descriptionsIn(said, asOf)) details = { ...details, ...data };
  return details;
}

/** True for a registered project whose registration is live: it was not taken back (docs/decisions/0073). */
export function isLive(project: Project): project is Project & { status: 'registered' } {
  return project.status === 'registered' && project.said.live('ProjectRegistered').length > 0;
}

/** The time zone of a project's days when an entry was recorded: the last one reported up to then. */
export function timeZoneAt(project: Project, revision: number): string {
  const said = saidOf(project);
  const zones = [...said.live('ProjectRegistered'), ...said.live('ProjectDescribed')]
    .filter((entry) => entry.revision <= revision)
    .flatMap(({ data: { timeZone } }) => timeZone ?? []);
  return zones.at(-1) ?? defaultTimeZone;
}

/** The descriptions in the order of their days; those of later days than `asOf` are left out. */
function descriptionsIn(said: Entries, asOf?: Day): Said<'ProjectDescribed'>[] {
  return said
    .live('ProjectDescribed')
    .filter(({ entry }) => asOf === undefined || entry.asOf <= asOf)
    .sort((a, b) => (a.entry.asOf < b.entry.asOf ? -1 : a.entry.asOf > b.entry.asOf ? 1 : 0));
}

/** The withdrawal of the registration of a project that is registered no more (docs/decisions/0073). */
function takenBackBy(said: Entries): Said<'EntryWithdrawn'> | undefined {
  if (said.count('ProjectRegistered') === 0 || said.live('ProjectRegistered').length > 0) return undefined;
  const isOfRegistration = ({ data }: Said<'EntryWithdrawn'>) =>
    said.byId(data.entry)?.type === 'ProjectRegistered';
  return said.live('EntryWithdrawn').findLast(isOfRegistration);
}

/** A project that was taken back is registered again, or its entries are withdrawn: nothing else is said of it. */
function requireNotTakenBack(command: Command, said: Entries): void {
  const isOther = command.type !== 'RegisterProject' && command.type !== 'WithdrawEntry';
  if (!isOther && !(command.type === 'WithdrawEntry' && command.replacement)) return;
  const withdrawal = takenBackBy(said);
  if (!withdrawal) return;
  const { reason } = withdrawal.data;
  const on = dayWords(withdrawal.entry.asOf);
  throw new CommandRejected('project-taken-back', {
    seen: {
      en: `a project whose registration was taken back on ${on.en}: ${reason}`,
      zh: `登记已于 ${on.zh}撤回的项目：${reason}`,
    },
    expected: {
      en: 'another project, or first its registration again',
      zh: '其他项目；如确需继续，请先重新登记',
    },
  });
}

function register(
  { data, entry }: Command & { type: 'RegisterProject' },
  said: Entries,
): Decision<ProjectEvent, Said> {
  const [registered] = said.live('ProjectRegistered');
  if (!registered) return { append: [{ type: 'ProjectRegistered', data, entry }] };
  if (isSame(registered.data, data)) return { alreadySaid: registered };
  throw new CommandRejected('project-exists', {
    member: 'project',
    seen: { en: 'an id that is registered with other details', zh: '已按其他信息登记的编号' },
    expected: {
      en: 'a new id, or a description (PATCH) to change the details',
      zh: '新的编号；如需变更信息，请修改项目信息（PATCH）',
    },
  });
}

/** Records the details that differ on that day; else the last description of one of them says so, or the registration. */
function describe(
  { data, entry }: Command & { type: 'DescribeProject' },
  project: Project,
): Decision<ProjectEvent, Said> {
  const before = detailsOf(project, entry.asOf);
  const named = Object.entries(data).filter(([, value]) => value !== undefined);
  const changed = named.filter(([name, value]) => !isSame(value, before[name as keyof ProjectDetails]));
  if (changed.length > 0)
    return { append: [{ type: 'ProjectDescribed', data: Object.fromEntries(changed), entry }] };
  const said = saidOf(project);
  const isOnNamed = (described: Said) => named.some(([name]) => Object.hasOwn(described.data, name));
  const last = descriptionsIn(said, entry.asOf).findLast(isOnNamed) ?? said.live('ProjectRegistered')[0];
  if (!last) throw new Error('A registered project has a registration.');
  return { alreadySaid: last };
}

/** A withdrawal is recorded once; a replacement that comes with it later is still recorded. */
function withdraw(
  command: Command & { type: 'WithdrawEntry' },
  said: Entries,
  enteredOn: EnteredOn,
): Decision<ProjectEvent, Said> {
  const { entry, data, replacement } = command;
  const target = said.byId(data.entry);
  if (!target) throw unknownEntry('entry', data.entry);
  if (target.type === 'EntryWithdrawn') {
    throw new CommandRejected('entry-fixed', {
      member: 'entry',
      seen: { en: 'a withdrawal', zh: '撤回记录' },
      expected: {
        en: 'an entry other than a withdrawal, which stays; say the fact again, or register the project again, instead',
        zh: '撤回以外的记录：撤回长期保留，请重新记录该事实，或重新登记该项目',
      },
    });
  }
  if (replacement && target.type === 'ProjectRegistered') {
    throw new CommandRejected('entry-fixed', {
      member: 'replacement',
      seen: { en: 'a replacement of a registration', zh: '登记的替代记录' },
      expected: {
        en: 'none: a registration is taken back with all of its project; describe the project (PATCH) to change its details',
        zh: '不填：撤回登记即撤回整个项目；如需变更信息，请修改项目信息（PATCH）',
      },
    });
  }
  const withdrawal = said.withdrawalOf(target.id);
  const events: ProjectEvent[] = withdrawal ? [] : [{ type: 'EntryWithdrawn', data, entry }];
  if (replacement) {
    requireBegun('replacement.asOf', replacement.entry.asOf, enteredOn.latestDay);
    const left = said.without(target);
    const corrected = { ...replacement, entry: { ...replacement.entry, corrects: data.entry } };
    const replaced = unlessSaid(factOf(corrected, factsIn(left), enteredOn, target), left);
    if ('append' in replaced) events.push(...replaced.append);
  }
  return withdrawal && events.length === 0 ? { alreadySaid: withdrawal } : { append: events };
}

function checkRenames({ data, entry }: Command & { type: 'AdoptPlan' }, said: Entries): void {
  const wrong = renamesFault(data, said);
  if (wrong) throw new CommandRejected('plan-invalid', wrong);
  const moved = movedEntries(data, entry.asOf, said);
  if (moved) throw new CommandRejected('item-renamed', moved);
}

function unlessSaid(event: ProjectEvent, said: Entries): Decision<ProjectEvent, Said> {
  const alreadySaid = lastLike(event, said);
  return alreadySaid ? { alreadySaid } : { append: [event] };
}

function factsIn(said: Entries): FactsOfProject {
  return { facts: said.facts, live: (type) => said.live(type as EventType).map(({ data }) => data) };
}

function correctedBy(corrects: string | undefined, said: Entries): Said | undefined {
  if (corrects === undefined) return undefined;
  const corrected = said.byId(corrects);
  if (!corrected) throw unknownEntry('corrects', corrects);
  return corrected;
}

function unknownEntry(member: string, seen: string): CommandRejected {
  return new CommandRejected('entry-unknown', {
    member,
    seen: `"${seen}"`,
    expected: { en: 'the id of an entry of this project', zh: '本项目某条记录的编号' },
  });
}

function saidOf(project: Project): Entries {
  return project.status === 'registered' ? project.said : nothing;
}
