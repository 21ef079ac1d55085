import { schemas } from '../../domain/log/any-event.js';
import {
  type EntryMetadata,
  type EventData,
  type EventType,
  type Measure,
  type Plan,
  type ProjectEvent,
  type RecordedEvent,
  streamOf,
  type WorkItem,
} from '../../domain/project/events.js';
import type { Money } from '../../domain/values/amounts/money.js';
import { shippedLexicon } from '../../domain/values/lexicon.js';
import { parseMoney } from '../../domain/values/money-text.js';

/** An event before it is recorded; a given `id` is kept. */
export type Entry = ProjectEvent & { id?: string };

/** Metadata that differs from "an inspector saw it on that day". */
export type Extra = Partial<EntryMetadata> & { id?: string };

export const project = 'huaao-2';

/** Entries as a store returns them: ids e1, e2 ..., positions 1, 2 ..., a minute apart. */
export function history(...entries: Entry[]): RecordedEvent[] {
  return entries.map(({ id, ...event }, index) => ({
    ...event,
    id: id ?? `e${index + 1}`,
    stream: streamOf(project),
    revision: index,
    position: index + 1,
    schema: schemas[event.type],
    recordedAt: `2018-07-10T08:${String(index).padStart(2, '0')}:00.000Z`,
    by: 'inspector-7',
  }));
}

export function entry<T extends EventType>(
  type: T,
  data: EventData[T],
  asOf: string,
  { id, ...extra }: Extra = {},
): Entry {
  const metadata: EntryMetadata = { asOf, precision: 'day', source: { kind: 'inspection' }, ...extra };
  return { type, data, entry: metadata, ...(id === undefined ? {} : { id }) } as Entry;
}

export const registered = (data: Partial<EventData['ProjectRegistered']>, asOf: string, extra?: Extra) =>
  entry(
    'ProjectRegistered',
    { name: { en: 'Huaao car, phase II', zh: '华奥汽车二期' }, ...data },
    asOf,
    extra,
  );

export const described = (data: EventData['ProjectDescribed'], asOf: string, extra?: Extra) =>
  entry('ProjectDescribed', data, asOf, extra);

/** A plan of version 1 with stated weights, by default. */
export const planned = (
  items: WorkItem[],
  asOf: string,
  plan: Partial<Plan & { version: number }> = {},
  extra?: Extra,
) => entry('PlanAdopted', { version: 1, basis: 'stated', items, ...plan }, asOf, extra);

export const done = (on: string, asOf: string, extra?: Extra) =>
  entry('MilestoneReached', subject(on), asOf, extra);

/** `on` is an item, or an item and a step as in `equipment/installed`. */
export const measured = (on: string, measure: Measure, asOf: string, extra?: Extra) =>
  entry('ProgressMeasured', { ...subject(on), measure }, asOf, extra);

export const invested = (
  amount: Money,
  asOf: string,
  data: Partial<EventData['InvestmentReported']> = {},
  extra?: Extra,
) => entry('InvestmentReported', { amount, span: 'since-start', basis: 'unknown', ...data }, asOf, extra);

/** Money invested of which only a share was said. */
export const investedShare = (data: Partial<EventData['InvestmentReported']>, asOf: string, extra?: Extra) =>
  entry('InvestmentReported', { span: 'since-start', basis: 'unknown', ...data }, asOf, extra);

/** Money of another kind than invested. */
export const moneyOf = (
  kind: EventData['MoneyReported']['kind'],
  amount: Money,
  asOf: string,
  data: Partial<EventData['MoneyReported']> = {},
  extra?: Extra,
) => entry('MoneyReported', { kind, amount, span: 'since-start', ...data }, asOf, extra);

export const stalled = (data: Partial<EventData['StallDeclared']>, asOf: string, extra?: Extra) =>
  entry(
    'StallDeclared',
    { stall: 'money', cause: 'financing', blocks: ['works'], from: asOf, ...data },
    asOf,
    extra,
  );

export const cleared = (stall: string, asOf: string, extra?: Extra) =>
  entry('StallCleared', { stall }, asOf, extra);

export const forecast = (
  target: string,
  [earliest, latest]: readonly [string, string],
  asOf: string,
  data: Partial<EventData['ForecastGiven']> = {},
  extra?: Extra,
) => entry('ForecastGiven', { target, earliest, latest, ...data }, asOf, extra);

export const entered = (stage: EventData['StageEntered']['stage'], asOf: string, extra?: Extra) =>
  entry('StageEntered', { stage }, asOf, extra);

export const unchanged = (from: string, to: string, extra?: Extra) =>
  entry('NoChangeReported', { from, to }, to, extra);

export const withdrawn = (id: string, asOf: string, reason = 'misread', extra?: Extra) =>
  entry('EntryWithdrawn', { entry: id, reason }, asOf, extra);

/** A work item; its name defaults to its id. */
export const item = (id: string, weight: number, rest: Partial<WorkItem> = {}): WorkItem => ({
  id,
  name: { en: id },
  weight,
  measure: 'percent',
  ...rest,
});

export const percent = (points: number): Measure => ({ kind: 'percent', basisPoints: points * 100 });
export const count = (number: number, of?: number, unit?: string): Measure => ({
  kind: 'count',
  done: number,
  ...(of === undefined ? {} : { of }),
  ...(unit === undefined ? {} : { unit }),
});
export const storeys = (reached: number, of?: number): Measure => ({
  kind: 'storeys',
  reached,
  ...(of === undefined ? {} : { of }),
});

/** A word of the lexicon, with its first Chinese phrase. */
export const word = (name: string): Measure => {
  const known = shippedLexicon.words.find((candidate) => candidate.word === name);
  return { kind: 'word', word: name, said: known?.name.zh ?? name };
};

/** An amount in 万元. */
export const wan = (amount: number): Money => {
  const money = parseMoney(String(amount), '万元');
  if ('fault' in money) throw new Error(money.expected.en);
  return money;
};

function subject(on: string): { item: string; step?: string } {
  const [itemId = '', step] = on.split('/');
  return step === undefined ? { item: itemId } : { item: itemId, step };
}
