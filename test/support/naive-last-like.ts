import type { EventData, Measure, ProjectEvent, Stage, WorkItem } from '../../domain/project/events.js';
import { itemOf } from '../../domain/project/facts/members.js';
import type { Said } from '../../domain/project/said.js';
import { isStatedBy } from '../../domain/project/stages.js';
import type { Decimal } from '../../domain/values/amounts/decimal.js';
import { isSame } from '../../domain/values/equal.js';

/** An entry with its withdrawal. */
export type NaiveSaid = Said & { withdrawnBy?: string | undefined };

/** The existing entry with the content of an event, by checking every entry: slow, and obviously right. */
export function naiveLastLike(event: ProjectEvent, said: readonly NaiveSaid[]): Said | undefined {
  const { asOf, corrects } = event.entry;
  const isOfDay = (entry: NaiveSaid) => entry.entry.asOf === asOf && !entry.withdrawnBy;
  if (corrects) {
    return said.findLast(
      (entry) => isOfDay(entry) && entry.entry.corrects === corrects && saysSame(entry, event),
    );
  }
  const plans = plansIn(said);
  const last = byPlace(said).findLast(
    (entry) =>
      isOfDay(entry) &&
      (isOneSubject(entry, event) || takesBack(entry, event, plans) || takesBack(event, entry, plans)),
  );
  return last && saysSame(last, event) ? last : undefined;
}

/** Entries by place: a correction for the same day is right behind the corrected entry and its earlier corrections. */
function byPlace(said: readonly NaiveSaid[]): NaiveSaid[] {
  const placeOf = (entry: NaiveSaid): number => {
    const corrected = said.find(({ id }) => id === entry.entry.corrects);
    return corrected?.entry.asOf === entry.entry.asOf ? placeOf(corrected) : said.indexOf(entry);
  };
  return said.toSorted((a, b) => placeOf(a) - placeOf(b));
}

function saysSame(a: ProjectEvent, b: ProjectEvent): boolean {
  if (a.type !== b.type) return false;
  if (a.type === 'PlanAdopted') return isSame({ ...a.data, version: 0 }, { ...b.data, version: 0 });
  return isSame(a.data, b.data);
}

type PlannedItems = ReadonlyMap<string, WorkItem>;

/** The items of every live plan. */
function plansIn(said: readonly NaiveSaid[]): () => readonly PlannedItems[] {
  const plans = said.flatMap((entry): PlannedItems[] =>
    entry.type === 'PlanAdopted' && !entry.withdrawnBy
      ? [new Map(entry.data.items.map((item) => [item.id, item]))]
      : [],
  );
  return () => plans;
}

/** True if one entry reports done and the other one, for the same day, not done. */
function takesBack(a: ProjectEvent, b: ProjectEvent, plans: () => readonly PlannedItems[]): boolean {
  if (a.type === 'ProgressMeasured') return !isWhole(a.data.measure) && isShortOf(a.data, b, plans);
  // Stages coexist; only a cancellation revokes them, and they revoke it. It leaves a pause and the register alone.
  return (
    a.type === 'StageEntered' &&
    b.type === 'StageEntered' &&
    a.data.stage === 'cancelled' &&
    !isPause(b.data.stage) &&
    b.data.stage !== 'registered-in-statistics'
  );
}

/** True if an entry reports an item done that a measure denies: the item itself, its group, or its stage. */
function isShortOf(
  measured: EventData['ProgressMeasured'],
  done: ProjectEvent,
  plans: () => readonly PlannedItems[],
): boolean {
  const [item, { step }] = [itemOf(measured), measured];
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
      return measure.of !== undefined && measure.done >= measure.of;
    case 'range':
      return measure.lowBasisPoints === 10000;
    case 'quantity':
      return measure.of !== undefined && numberOf(measure.done) >= numberOf(measure.of);
    case 'storeys':
      return measure.reached === measure.of && measure.isUnderWay === undefined;
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
  const subject = subjectOf(b);
  return subjectOf(a).every((part, index) => part === subject[index]);
}

/** The subject of an event, kind first; of two events about one subject for one day the later one counts. */
function subjectOf(event: ProjectEvent): readonly (string | undefined)[] {
  switch (event.type) {
    case 'MilestoneReached':
    case 'ProgressMeasured':
      return ['item', event.data.item, event.data.step];
    case 'InvestmentReported':
    case 'MoneyReported': {
      const { data } = event;
      const more = data as Partial<Record<'basis' | 'kind' | 'source' | 'reference' | 'effect', string>>;
      const line = [more.kind, more.basis, more.source, more.reference, more.effect];
      return ['money', ...line, data.span, data.period, data.amount?.currency, data.item];
    }
    case 'StallDeclared':
    case 'StallCleared':
      return ['stall', event.data.stall];
    case 'ForecastGiven':
      return [
        'forecast',
        event.data.target,
        event.data.what === 'start' ? 'start' : 'end',
        event.data.scope?.zh ?? event.data.scope?.en,
      ];
    case 'StageEntered':
      return ['stage', isPause(event.data.stage) ? 'pause' : event.data.stage];
    case 'NoChangeReported':
      return ['no change', event.data.from, event.data.to];
    case 'EntryWithdrawn':
      return ['withdrawal', event.data.entry];
    default:
      return [event.type];
  }
}

function numberOf({ digits, scale }: Decimal): number {
  return digits / 10 ** scale;
}
