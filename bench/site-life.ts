import type {
  EntryMetadata,
  Measure,
  MeasureKind,
  ProjectEvent,
  WorkItem,
} from '../domain/project/events.js';
import { addDays, type Day } from '../domain/values/days/calendar.js';
import type { NewEvent } from '../src/event-store/event-store.js';
import { type Dice, diceOf } from '../test/support/dice.js';

/** The number of projects, and of events per project. */
export interface Shape {
  projects: number;
  eventsEach: number;
}

export const firstDay: Day = '2018-01-01';
/** The last day of any event or recording. */
export const lastDay: Day = '2020-12-31';
export const dayCount = 1096;

/** Days between the starts of two plan items, and planned days per item. */
const itemEvery = 60;
const itemTakes = 150;
const storeys = 18;
const blocks = 6;

const works: readonly [id: string, zh: string, measure: MeasureKind][] = [
  ['clearing', '场地平整', 'percent'],
  ['piling', '桩基', 'percent'],
  ['pit', '基坑', 'percent'],
  ['frame', '主体结构', 'storeys'],
  ['roof', '屋面封顶', 'done'],
  ['walls', '砌体', 'percent'],
  ['dormitories', '宿舍', 'count'],
  ['pipes', '雨水管', 'percent'],
  ['wiring', '电气', 'percent'],
  ['fit-out', '装修', 'percent'],
  ['equipment', '设备安装', 'percent'],
  ['trial', '试运行', 'done'],
];
const causes = ['financing', 'licence', 'approval', 'land', 'supply', 'weather'] as const;
const sectors = ['electronics', 'machinery', 'logistics', 'housing', 'energy'] as const;
/** Includes days after the log that plans and forecasts name; cached, because days are often looked up by number. */
const days: readonly Day[] = Array.from({ length: 2 * dayCount }, (_, day) => addDays(firstDay, day));

/** The day of the log, counted from 0, on which event `i` of a project is recorded. */
export function dayOf({ eventsEach }: Shape, project: number, i: number): number {
  const begin = beginOf(project);
  if (i < 2) return begin;
  const end = dayCount - 1 - (project % 60);
  return begin + Math.floor(((i - 1) * (end - begin)) / Math.max(1, eventsEach - 2));
}

/**
 * Event `i` of a project as an inspector reports it, about 400 stored bytes; the same arguments give the same event.
 *
 * First a registration, a plan of twelve items and the start, then measures and money, with occasional stalls and their
 * ends, forecasts, months without change, withdrawals, and entries weeks after their day.
 */
export function eventOf(shape: Shape, project: number, i: number): NewEvent {
  const dice = diceOf(Math.imul(project, 0x9e3779b1) ^ Math.imul(i, 0x85ebca6b));
  const day = dayOf(shape, project, i);
  const isLate = i > 2 && dice.chance(4);
  const lag = isLate ? dice.int(20, 60) : dice.int(0, 2);
  const about = Math.max(beginOf(project), day - lag);
  const entry: EntryMetadata = {
    asOf: dayAt(about),
    precision: isLate ? 'month' : 'day',
    source: isLate ? { kind: 'report', document: 'half-year' } : { kind: 'inspection' },
  };
  const fact = factOf(shape, project, i, about, dice);
  return { ...fact, entry, id: idOf(shape, project, i), by: `inspector-${project % 200}` } as NewEvent;
}

/** The id of event `i` of a project: a UUID of version 7, so that ids are roughly in log order, as in practice. */
function idOf(shape: Shape, project: number, i: number): string {
  const mixed = Math.imul(project ^ Math.imul(i, 0x85ebca6b), 0x9e3779b1) >>> 0;
  const ms = Date.parse(firstDay) + dayOf(shape, project, i) * 86_400_000 + (mixed % 36_000_000);
  const at = hex(ms, 12);
  const tail = hex(mixed, 8);
  return `${at.slice(0, 8)}-${at.slice(8)}-7${tail.slice(0, 3)}-8${tail.slice(3, 6)}-${hex(project, 6)}${hex(i, 6)}`;
}

function factOf(
  shape: Shape,
  project: number,
  i: number,
  day: number,
  dice: Dice,
): Pick<ProjectEvent, 'type' | 'data'> {
  if (i === 0) return registered(project);
  if (i === 1) return planned(project);
  if (i === 2) return { type: 'StageEntered', data: { stage: 'started' } };
  const episode = Math.floor(i / 40);
  if (project % 8 === 3 && i % 40 === 4) {
    const data = {
      stall: `stall-${episode}`,
      cause: dice.pick(causes),
      blocks: ['works' as const],
      from: dayAt(day),
    };
    return { type: 'StallDeclared', data };
  }
  if (project % 16 === 3 && i % 40 === 7)
    return { type: 'StallCleared', data: { stall: `stall-${episode}` } };
  if (i === shape.eventsEach - 1 && project % 3 === 0)
    return { type: 'StageEntered', data: { stage: 'built' } };
  if (i % 10 === 9) return invested(project, day);
  if (i % 20 === 6) {
    const earliest = day + dice.int(100, 500);
    const data = { target: 'completion', earliest: dayAt(earliest), latest: dayAt(earliest + 30) };
    return { type: 'ForecastGiven', data };
  }
  if (i % 25 === 13) {
    return {
      type: 'NoChangeReported',
      data: { from: dayAt(Math.max(beginOf(project), day - 30)), to: dayAt(day) },
    };
  }
  if (i % 50 === 33) {
    const entry = idOf(shape, project, i - 3);
    return { type: 'EntryWithdrawn', data: { entry, reason: 'said of another site' } };
  }
  return measured(project, day, dice);
}

function registered(project: number): Pick<ProjectEvent<'ProjectRegistered'>, 'type' | 'data'> {
  const data = {
    name: { en: `Project ${project}`, zh: `项目${project}` },
    owner: { en: `Owner ${project % 500}` },
    district: { en: `district-${project % 20}` },
    sector: { en: sectors[project % sectors.length] as string },
    phase: { en: `${1 + (project % 3)}` },
  };
  return { type: 'ProjectRegistered', data };
}

function planned(project: number): Pick<ProjectEvent<'PlanAdopted'>, 'type' | 'data'> {
  const begin = beginOf(project);
  const items = works.map(([id, zh, measure], k): WorkItem => {
    const item: WorkItem = { id, name: { zh }, weight: 1 + (k % 5), measure };
    if (measure === 'storeys') item.of = storeys;
    if (measure === 'count') item.of = blocks;
    item.plannedStart = dayAt(begin + k * itemEvery);
    item.plannedFinish = dayAt(begin + k * itemEvery + itemTakes);
    const before = works[k - 3];
    if (before) item.after = [before[0]];
    return item;
  });
  return { type: 'PlanAdopted', data: { items, basis: 'template:works', version: 1 } };
}

/** Money since the start, initially 40,000 yuan a day, more for larger projects. */
function invested(project: number, day: number): Pick<ProjectEvent<'InvestmentReported'>, 'type' | 'data'> {
  const tenThousands = (1 + day - beginOf(project)) * (4 + (project % 7));
  const said = { amount: String(tenThousands), unit: '万元' };
  const amount = { amountMinor: tenThousands * 1_000_000, currency: 'CNY', said };
  return { type: 'InvestmentReported', data: { amount, span: 'since-start', basis: 'physical' } };
}

/** The progress of a current item; each project has its own pace. */
function measured(project: number, day: number, dice: Dice): Pick<ProjectEvent, 'type' | 'data'> {
  const sinceStart = day - beginOf(project);
  const k = Math.min(works.length - 1, Math.max(0, Math.floor(sinceStart / itemEvery) - dice.int(0, 2)));
  const done = Math.min(
    1,
    Math.max(0, sinceStart - k * itemEvery) / (itemTakes * (0.8 + (project % 6) / 10)),
  );
  const [item, , kind] = works[k] as (typeof works)[number];
  if (kind === 'done' && done === 1) return { type: 'MilestoneReached', data: { item } };
  return { type: 'ProgressMeasured', data: { item, measure: measureOf(kind, done) } };
}

function measureOf(kind: MeasureKind, done: number): Measure {
  if (kind === 'storeys') return { kind, reached: Math.floor(done * storeys), of: storeys };
  if (kind === 'count') return { kind, done: Math.floor(done * blocks), of: blocks };
  return { kind: 'percent', basisPoints: Math.floor(done * 100) * 100 };
}

/** Projects start within the first year of the log. */
function beginOf(project: number): number {
  return (Math.imul(project, 0x9e3779b1) >>> 0) % 365;
}

function dayAt(day: number): Day {
  return days[day] as Day;
}

function hex(value: number, digits: number): string {
  return value.toString(16).padStart(digits, '0');
}
