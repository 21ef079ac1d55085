import { type CompletionView, completionOf, planInForce } from '../completion/completion.js';
import type { CompletionFigure } from '../completion/figure-evidence.js';
import type { CompletionFact } from '../completion/reports.js';
import { type Fact, factsIn, upTo } from '../facts/facts.js';
import type { Steps } from '../facts/steps.js';
import type { Changed, EntryChange, Moment } from './changed-entries.js';

/**
 * What moved a figure between two moments, in basis points. The effects are taken one after the other in this order, each
 * on the figure that the one before left, so that they add up to the whole change.
 */
export interface Effects {
  /** The entries of the first moment, read by the lexicon of the second. */
  lexiconBasisPoints: number;
  /** The same entries under the plan of the second moment. */
  scopeBasisPoints: number;
  /** Withdrawals of these entries, and the entries that correct them. */
  correctionBasisPoints: number;
  /** Entries about a day up to the first moment's that were recorded after that day. */
  lateBasisPoints: number;
  /** The rest: new entries, and the days that passed. */
  workBasisPoints: number;
}

/** In the order in which people ask for them. */
export const effects = ['work', 'scope', 'correction', 'late', 'lexicon'] as const;

export type Effect = (typeof effects)[number];

/** The completion of a project at the first moment, and after each effect; the last is that of the second moment. */
export interface Waterfall {
  /** The facts that the first moment counts. */
  facts: readonly CompletionFact[];
  /** The plan in force at the second moment. */
  plan: Fact<'PlanAdopted'> | undefined;
  first: CompletionView;
  reread: CompletionView;
  underNewPlan: CompletionView;
  corrected: CompletionView;
  withLate: CompletionView;
  second: CompletionView;
}

/** The completion at two moments and what lies between them, in steps. */
export function* waterfallOf(
  before: Moment,
  after: Moment,
  [first, second]: readonly [CompletionView, CompletionView],
  entries: readonly Changed[],
): Steps<Waterfall> {
  const facts = upTo(before.state.completion.facts, before.asOf);
  const now = upTo(after.state.completion.facts, before.asOf);
  const plan = planInForce(factsIn(after.state.completion), after.asOf);
  const reading = rereading(facts, now);
  const known = planInForce(facts, before.asOf);
  const reread = isReread(before, after) ? completionOf(reading, known, before.asOf) : first;
  yield;
  const underNewPlan = completionOf(reading, plan, before.asOf);
  yield;
  const kinds = new Map(entries.map(({ id, kind }) => [id, kind]));
  const counting = (...more: EntryChange['kind'][]) => {
    const isMeant = (fact: CompletionFact) => {
      const kind = kinds.get(fact.id);
      return kind === undefined || more.includes(kind);
    };
    return completionOf(now.filter(isMeant), plan, before.asOf);
  };
  const isCorrected = entries.some(({ kind }) => kind === 'correction' || kind === 'withdrawal');
  const corrected = isCorrected ? counting('correction') : underNewPlan;
  yield;
  const isLate = entries.some(({ kind }) => kind === 'late');
  const withLate = isLate ? counting('correction', 'late') : corrected;
  yield;
  return { facts, plan, first, reread, underNewPlan, corrected, withLate, second };
}

/** The effects on one figure. */
export function effectsOn(figure: CompletionFigure, fall: Waterfall): Effects {
  const of = (view: CompletionView) => view[`${figure}BasisPoints`];
  const { first, reread, underNewPlan, corrected, withLate, second } = fall;
  return {
    lexiconBasisPoints: of(reread) - of(first),
    scopeBasisPoints: of(underNewPlan) - of(reread),
    correctionBasisPoints: of(corrected) - of(underNewPlan),
    lateBasisPoints: of(withLate) - of(corrected),
    workBasisPoints: of(second) - of(withLate),
  };
}

function isReread(before: Moment, after: Moment): boolean {
  return before.law?.lexicon !== after.law?.lexicon;
}

/** Facts as a later moment reads them, where it still counts them. */
function rereading(facts: readonly CompletionFact[], later: readonly CompletionFact[]): CompletionFact[] {
  const byId = new Map(later.map((fact) => [fact.id, fact]));
  return facts.map((fact) => byId.get(fact.id) ?? fact);
}
