import { type FactType, facts } from '../../../domain/project/facts/facts.js';
import type { JournalEntry } from '../../../projections/project/journal.js';

/** The kinds by which entries are filtered. */
export const entryKinds = ['progress', 'money', 'stall', 'forecast', 'stage', 'setUp'] as const;
export type EntryKind = (typeof entryKinds)[number];

const kindOf: Readonly<Record<FactType, EntryKind>> = {
  MilestoneReached: 'progress',
  ProgressMeasured: 'progress',
  NoChangeReported: 'progress',
  InvestmentReported: 'money',
  MoneyReported: 'money',
  StallDeclared: 'stall',
  StallCleared: 'stall',
  ForecastGiven: 'forecast',
  StageEntered: 'stage',
};

/** The kind of an entry; what is no fact of the site is set-up. */
export function entryKind({ type }: Pick<JournalEntry, 'type'>): EntryKind {
  return Object.hasOwn(facts, type) ? kindOf[type as FactType] : 'setUp';
}

/** The kind in an address or a choice; undefined for all. */
export function entryKindIn(text: string): EntryKind | undefined {
  return entryKinds.find((kind) => kind === text);
}
