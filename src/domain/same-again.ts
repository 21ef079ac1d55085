import { isSame } from './equal.js';
import type { EventData, Measure, ProjectEvent, Stage, WorkItem } from './events.js';
import { liveOf, type Said } from './said.js';

/**
 * The live entry that already says what an event would say: the last word that bears on it for its day is the same.
 *
 * Source and author do not count. An event that corrects an entry is said already only by one that corrects the same entry.
 */
export function lastLike(event: ProjectEvent, said: readonly Said[]): Said | undefined {
  const ofDay = said.filter((entry) => entry.entry.asOf === event.entry.asOf && !entry.withdrawnBy);
  if (event.entry.corrects) {
    return ofDay.findLast((entry) => entry.entry.corrects === event.entry.corrects && saysSame(entry, event));
  }
  const plans = plansIn(said);
  const last = ofDay.findLast((entry) => bearsOn(entry, event, plans));
  return last && saysSame(last, event) ? last : undefined;
}

function saysSame(a: ProjectEvent, b: ProjectEvent): boolean {
  if (a.type !== b.type) return false;
  if (a.type === 'PlanAdopted') return isSame({ ...a.data, version: 0 }, { ...b.data, version: 0 });
  return isSame(a.data, b.data);
}

type PlannedItems = ReadonlyMap<string, WorkItem>;

/** The items of every live plan, read when they are first asked for. */
function plansIn(said: readonly Said[]): () => readonly PlannedItems[] {
  let plans: PlannedItems[] | undefined;
  return () => {
    plans ??= liveOf(said, 'PlanAdopted').map(
      ({ data }) => new Map(data.items.map((item) => [item.id, item])),
    );
    return plans;
  };
}

/** True when, for one day, the later of two entries replaces what the other one says or takes it back. */
function bearsOn(a: ProjectEvent, b: ProjectEvent, plans: () => readonly PlannedItems[]): boolean {
  if (subjectOf(a) === subjectOf(b)) return true;
  if (a.type === 'StageEntered' && b.type === 'StageEntered') return isCancelling(a.data.stage, b.data.stage);
  if (a.type === 'ProgressMeasured') return takesBack(a.data, b, plans);
  return b.type === 'ProgressMeasured' && takesBack(b.data, a, plans);
}

/** Stages of life stand side by side; only a cancellation takes them back, and they it. */
function isCancelling(a: Stage, b: Stage): boolean {
  return !isPause(a) && !isPause(b) && (a === 'cancelled') !== (b === 'cancelled');
}

/** A measure short of the whole takes back that its item, a group it lies in, or its stage is done, and they it. */
function takesBack(
  { item, step, measure }: EventData['ProgressMeasured'],
  done: ProjectEvent,
  plans: () => readonly PlannedItems[],
): boolean {
  if (isWhole(measure)) return false;
  if (done.type === 'StageEntered')
    return plans().some((items) => isStatedBy(done.data.stage, items.get(item)));
  if (done.type !== 'MilestoneReached') return false;
  if (done.data.item === item) return done.data.step === undefined || step === undefined;
  return done.data.step === undefined && plans().some((items) => isBelow(item, done.data.item, items));
}

function isWhole(measure: Measure): boolean {
  switch (measure.kind) {
    case 'percent':
      return measure.basisPoints === 10000;
    case 'count':
      return measure.done === measure.of;
    case 'storeys':
      return measure.reached === measure.of;
    case 'word':
      return measure.word === 'done';
  }
}

function isStatedBy(stage: Stage, item: WorkItem | undefined): boolean {
  if (!item) return false;
  if (item.stage === undefined) return stage === 'built';
  return stage === item.stage || stage === 'in-production';
}

function isBelow(item: string, group: string, items: PlannedItems): boolean {
  for (let up = items.get(item)?.parent; up !== undefined; up = items.get(up)?.parent)
    if (up === group) return true;
  return false;
}

function isPause(stage: Stage): boolean {
  return stage === 'suspended' || stage === 'resumed';
}

/** What an event is about; of two about one subject for one day the later one counts. */
function subjectOf(event: ProjectEvent): string {
  return JSON.stringify(subjectParts(event));
}

function subjectParts(event: ProjectEvent): readonly (string | null)[] {
  switch (event.type) {
    case 'MilestoneReached':
    case 'ProgressMeasured':
      return ['item', event.data.item, event.data.step ?? null];
    case 'InvestmentReported':
      return ['money', event.data.span, event.data.basis, event.data.amount.currency];
    case 'StallDeclared':
    case 'StallCleared':
      return ['stall', event.data.stall];
    case 'ForecastGiven':
      return ['forecast', event.data.target, event.data.scope ?? null];
    case 'StageEntered':
      return ['stage', isPause(event.data.stage) ? 'pause' : event.data.stage];
    case 'NoChangeReported':
      return ['no change', event.data.from, event.data.to];
    case 'EntryWithdrawn':
      return ['withdrawal', event.data.entry];
    case 'ProjectRegistered':
    case 'ProjectDescribed':
    case 'PlanAdopted':
      return [event.type];
  }
}
