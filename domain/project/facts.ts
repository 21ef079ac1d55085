import type { Day } from '../values/calendar.js';
import { CommandRejected } from '../values/rejections.js';
import type { FactCommand } from './commands.js';
import type { Entries } from './entries.js';
import type { EventType, Measure, ProjectEvent } from './events.js';
import type { Said } from './said.js';
import { stallDeclared } from './stall-said.js';

/**
 * The event that states a fact, once it is clear that it can be meant.
 *
 * @param corrected the entry that it corrects
 * @throws CommandRejected a period ends before it begins, a day has not begun, more is done than there is, an unknown stall is cleared, or a stall gets another id
 */
export function factOf(command: FactCommand, said: Entries, latestDay: Day, corrected?: Said): ProjectEvent {
  const event = eventOfFact(command, corrected);
  switch (event.type) {
    case 'ProgressMeasured':
      checkMeasure(event.data.measure);
      break;
    case 'StallDeclared':
      checkBegun('from', event.data.from, latestDay);
      checkPeriod('from', event.data.from, 'to', event.data.to);
      break;
    case 'StallCleared':
      checkStall(event.data.stall, said.live('StallDeclared'));
      break;
    case 'ForecastGiven':
      checkPeriod('earliest', event.data.earliest, 'latest', event.data.latest);
      break;
    case 'NoChangeReported':
      checkPeriod('from', event.data.from, 'to', event.data.to);
      checkBegun('to', event.data.to, latestDay);
  }
  return event;
}

/**
 * The event that states a fact, whether or not it can be meant.
 *
 * @param corrected the entry that it corrects
 * @throws CommandRejected a corrected stall gets another id
 */
export function eventOfFact(command: FactCommand, corrected?: Said): ProjectEvent {
  const { entry } = command;
  switch (command.type) {
    case 'ReachMilestone':
      return { type: 'MilestoneReached', data: command.data, entry };
    case 'MeasureProgress':
      return { type: 'ProgressMeasured', data: command.data, entry };
    case 'ReportInvestment':
      return { type: 'InvestmentReported', data: command.data, entry };
    case 'DeclareStall': {
      const before = corrected?.type === 'StallDeclared' ? corrected.data : undefined;
      return { type: 'StallDeclared', data: stallDeclared(command.data, entry.asOf, before), entry };
    }
    case 'ClearStall':
      return { type: 'StallCleared', data: command.data, entry };
    case 'GiveForecast':
      return { type: 'ForecastGiven', data: command.data, entry };
    case 'EnterStage':
      return { type: 'StageEntered', data: command.data, entry };
    case 'ReportNoChange':
      return { type: 'NoChangeReported', data: command.data, entry };
  }
}

/**
 * Refuses a day that has not begun.
 *
 * @throws CommandRejected `day-not-begun`
 */
export function checkBegun(member: string, day: Day, latestDay: Day): void {
  if (day <= latestDay) return;
  throw new CommandRejected('day-not-begun', {
    member,
    seen: day,
    expected: `${latestDay} or earlier: a fact is about a day that has begun`,
  });
}

function checkPeriod(startMember: string, start: Day, endMember: string, end: Day | undefined): void {
  if (end === undefined || start <= end) return;
  throw new CommandRejected('period-reversed', {
    member: endMember,
    seen: end,
    expected: `${start} (${startMember}) or later`,
  });
}

function checkMeasure(measure: Measure): void {
  if (measure.kind === 'count') checkCount('measure.done', measure.done, measure.of);
  if (measure.kind === 'storeys') checkCount('measure.reached', measure.reached, measure.of);
}

function checkCount(member: string, done: number, of: number | undefined): void {
  if (of === undefined || done <= of) return;
  throw new CommandRejected('count-impossible', {
    member,
    seen: `${done} of ${of}`,
    expected: `at most ${of}`,
  });
}

function checkStall(stall: string, declared: readonly Said<'StallDeclared'>[]): void {
  const known = [...new Set(declared.map((said) => said.data.stall))];
  if (known.includes(stall)) return;
  throw new CommandRejected('stall-unknown', {
    member: 'stall',
    seen: `"${stall}"`,
    expected:
      known.length > 0
        ? `a stall declared here: ${known.join(', ')}`
        : 'a declared stall; this project has none',
  });
}

/** The command that states each fact, by the name of its event; used where facts are named by their event. */
export const commandOfFact = {
  MilestoneReached: 'ReachMilestone',
  ProgressMeasured: 'MeasureProgress',
  InvestmentReported: 'ReportInvestment',
  StallDeclared: 'DeclareStall',
  StallCleared: 'ClearStall',
  ForecastGiven: 'GiveForecast',
  StageEntered: 'EnterStage',
  NoChangeReported: 'ReportNoChange',
} as const satisfies Partial<Record<EventType, FactCommand['type']>>;

export type FactType = keyof typeof commandOfFact;
