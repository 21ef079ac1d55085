import { isSame } from './equal.js';
import type { EventData, Measure, ProjectEvent, Stage, WorkItem } from './events.js';
import { isStatedBy } from './plan.js';
import { liveOf, type Said } from './said.js';

/**
 * The live entry that already says what an event would say: the last word that bears on it for its day is the same.
 *
 * Source and author do not count. An event that corrects an entry is said already only by one that corrects the same entry.
 */
export function lastLike(event: ProjectEvent, said: readonly Said[]): Said | undefined {
  const { asOf, corrects } = event.entry;
  const isOfDay = (entry: Said) => entry.entry.asOf === asOf && !entry.withdrawnBy;
  if (corrects) {
    return said.findLast(
      (entry) => isOfDay(entry) && entry.entry.corrects === corrects && saysSame(entry, event),
    );
  }
  const plans = plansIn(said);
  const last = said.findLast(
    (entry) =>
      isOfDay(entry) &&
      (isOneSubject(entry, event) || takesBack(entry, event, plans) || takesBack(event, entry, plans)),
  );
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

/** True when one entry says "done" and the other one, for the same day, says that it is not. */
function takesBack(a: ProjectEvent, b: ProjectEvent, plans: () => readonly PlannedItems[]): boolean {
  if (a.type === 'ProgressMeasured') return !isWhole(a.data.measure) && isShortOf(a.data, b, plans);
  // Stages of life stand side by side; only a cancellation takes them back, and they it.
  return (
    a.type === 'StageEntered' &&
    b.type === 'StageEntered' &&
    a.data.stage === 'cancelled' &&
    !isPause(b.data.stage)
  );
}

/** True when an entry says done of an item what a measure says is not: of the item itself, a group it lies in, or its stage. */
function isShortOf(
  { item, step }: EventData['ProgressMeasured'],
  done: ProjectEvent,
  plans: () => readonly PlannedItems[],
): boolean {
  if (done.type === 'StageEntered') {
    return plans().some((items) => {
      const planned = items.get(item);
      return planned !== undefined && isStatedBy(done.data.stage, planned);
    });
  }
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

function isBelow(item: string, group: string, items: PlannedItems): boolean {
  for (let up = items.get(item)?.parent; up !== undefined; up = items.get(up)?.parent)
    if (up === group) return true;
  return false;
}

function isPause(stage: Stage): boolean {
  return stage === 'suspended' || stage === 'resumed';
}

function isOneSubject(a: ProjectEvent, b: ProjectEvent): boolean {
  // Nearly all entries of a long project are of this kind, and all of a day are looked at.
  if (isWordOnItem(a) && isWordOnItem(b)) return a.data.item === b.data.item && a.data.step === b.data.step;
  const subject = subjectOf(b);
  return subjectOf(a).every((part, index) => part === subject[index]);
}

function isWordOnItem(event: ProjectEvent): event is ProjectEvent<'MilestoneReached' | 'ProgressMeasured'> {
  return event.type === 'MilestoneReached' || event.type === 'ProgressMeasured';
}

/** What an event is about, the kind of subject first; of two about one subject for one day the later one counts. */
function subjectOf(event: ProjectEvent): readonly (string | undefined)[] {
  switch (event.type) {
    case 'MilestoneReached':
    case 'ProgressMeasured':
      return ['item', event.data.item, event.data.step];
    case 'InvestmentReported':
      return ['money', event.data.span, event.data.basis, event.data.amount.currency];
    case 'StallDeclared':
    case 'StallCleared':
      return ['stall', event.data.stall];
    case 'ForecastGiven':
      return ['forecast', event.data.target, event.data.scope];
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
