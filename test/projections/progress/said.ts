import type { Measure, RecordedEvent, WorkItem } from '../../../domain/project/events.js';
import type { Change } from '../../../domain/project/facts/progress-measured.js';
import { keeping } from '../../../projections/facts/facts.js';
import { type Entry, history, planned } from '../../support/entries.js';
import { fold } from '../../support/folds.js';
import type { ProgressFact } from './naive/progress-fact.js';

/** The n-th day of the stories. */
export const d = (number: number): string => `2018-05-${String(number).padStart(2, '0')}`;

/** `/` is the whole project, `item` an item, `item/step` a step. */
export function said(on: string, measure: Measure, day: number, change?: Change): Entry {
  return {
    type: 'ProgressMeasured',
    data: { ...subject(on), measure, ...(change ? { change } : {}) },
    entry: metadata(day),
  };
}

export function plan(items: WorkItem[], day: number): Entry {
  return planned(items, d(day));
}

export function stage(stage: 'built' | 'trial-production' | 'in-production', day: number): Entry {
  return { type: 'StageEntered', data: { stage }, entry: metadata(day) };
}

export const range = (low: number, high: number, point?: number): Measure => ({
  kind: 'range',
  lowBasisPoints: low * 100,
  highBasisPoints: high * 100,
  ...(point === undefined ? {} : { pointBasisPoints: point * 100 }),
});

/** The storey is begun and not complete. */
export function underWay(reached: number, of?: number): Measure {
  return { kind: 'storeys', reached, ...(of === undefined ? {} : { of }), isUnderWay: true };
}

/** An amount such as `7.4 km`, `6 to 8 km` or `7400 m of 12600 m`. */
export function quantity(text: string): Measure {
  const [, done = '', upTo, unit = '', of] =
    /^([\d.]+)(?: to ([\d.]+))? ([^ ]+)(?: of ([\d.]+) .*)?$/.exec(text) ?? [];
  return {
    kind: 'quantity',
    done: decimal(done),
    ...(upTo === undefined ? {} : { upTo: decimal(upTo) }),
    ...(of === undefined ? {} : { of: decimal(of) }),
    unit,
  };
}

/** Facts about progress in the order (asOf, place), without those withdrawn. */
export function factsOf(events: readonly RecordedEvent[]): readonly ProgressFact[] {
  return fold(keptFacts, events).facts;
}

export function factsSaid(entries: readonly Entry[]): readonly ProgressFact[] {
  return factsOf(history(...entries));
}

const keptFacts = keeping(['PlanAdopted', 'MilestoneReached', 'ProgressMeasured', 'StageEntered']);

function decimal(text: string): { digits: number; scale: number } {
  const [whole = '', fraction = ''] = text.split('.');
  return { digits: Number(whole + fraction), scale: fraction.length };
}

function subject(on: string): { item?: string; step?: string } {
  if (on === '/') return {};
  const [item = '', step] = on.split('/');
  return step === undefined ? { item } : { item, step };
}

function metadata(day: number): Entry['entry'] {
  return { asOf: d(day), precision: 'day', source: { kind: 'inspection' } };
}
