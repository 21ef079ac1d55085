import type { Day } from '../../domain/values/days/calendar.js';
import { countUpTo, type Fact, factsIn, keeping } from '../facts/facts.js';
import type { Projection } from '../facts/projection.js';
import { finished, type Steps } from '../facts/steps.js';
import type { Speaker } from '../words/entry-words.js';
import { type Contradiction, type Finding, inWords, type Rule } from './contradiction.js';
import { type ContradictionState, type Explanations, explanationOf, stateOf } from './explained.js';
import { FactIndex, type IndexedFact, wasLiveBefore } from './fact-index.js';
import { findingsIn, folded } from './findings.js';
import { FoundBefore, madeFit } from './made-fit.js';
import { moneyRules } from './money.js';
import { progressRules } from './progress.js';
import { RegisterFacts, type RegisterState } from './register-facts.js';
import type { ReportedProject } from './reported-project.js';
import { stageRules } from './stage.js';
import { stallsConflict } from './stall-conflicts.js';
import { movedMeanwhile } from './stalls.js';

export interface ContradictionsView {
  open: Contradiction[];
  explained: Contradiction[];
  settled: Contradiction[];
}

/**
 * The register of entries that cannot all be true; none is refused, and a contradiction stays until an entry settles
 * it. Until then it is open, or explained by somebody who says why it stays.
 *
 * Withdrawing an entry settles its contradictions if the other side was recorded before, and so does an entry for an
 * earlier day with which they fit; what was settled stays settled. Each rule says what else does.
 * Plans and reports are read as of the requested day.
 */
export const contradictions: Projection<RegisterState, ContradictionsView> = {
  name: 'contradictions',
  scope: 'project',
  ...keeping(
    [
      'PlanAdopted',
      'MilestoneReached',
      'ProgressMeasured',
      'InvestmentReported',
      'MoneyReported',
      'StallDeclared',
      'StallCleared',
      'StageEntered',
      'NoChangeReported',
      'ContradictionExplained',
    ],
    { keepWithdrawn: true },
  ),
  view: (state, asOf) => {
    const all = finished(registerOf(state, asOf)).toReversed().map(worded);
    const inState = (wanted: ContradictionState) => all.filter(({ state }) => state === wanted);
    return { open: inState('open'), explained: inState('explained'), settled: inState('settled') };
  },
};

/** A contradiction that was found and is not yet in words. */
export interface Found extends Pick<Finding, 'id' | 'since' | 'settledBy'> {
  finding: Finding;
  state: ContradictionState;
  explained?: Fact<'ContradictionExplained'>;
  /** Provides the names of the plan under which it was found. */
  speaker: Speaker;
}

/** Puts findings into words. */
export function worded({ finding, speaker, explained }: Found): Contradiction {
  return inWords(finding, speaker, explained);
}

/** What a register computes with: the facts up to a day, and the least position of those of later days. */
interface UpToDay {
  facts: RegisterFacts;
  firstLater: number;
}

/**
 * Every open or settled contradiction on a day, latest first.
 *
 * @param known the fold of the live facts up to that day, if there is one; it lists contradictions
 */
export function registerOf(state: RegisterState, asOf: Day, known?: ReportedProject): Steps<Found[]> {
  return new Register().on(state, asOf, known);
}

/**
 * The contradictions on a day that no entry has settled, explained or not, latest first: the same as those of
 * `registerOf`, without the settled ones, which take longer to find.
 *
 * @param known the fold of the live facts up to that day, if there is one; it lists contradictions
 */
export function* unsettledOn(state: RegisterState, asOf: Day, known?: ReportedProject): Steps<Found[]> {
  const facts = new RegisterFacts();
  const all = factsIn(state);
  facts.become(all.upTo(countUpTo(all, asOf)));
  yield;
  const present = yield* presentIn(facts, known);
  return foundNow(facts, present.values())
    .filter(({ settledBy }) => settledBy === undefined)
    .sort(latestFirst);
}

/** The register of a project on one day after another, and after further entries: what they leave as it was stays computed. */
export class Register {
  private facts: RegisterFacts | undefined;
  private readonly before = new FoundBefore();

  /** The same as `registerOf`. */
  *on(state: RegisterState, asOf: Day, known?: ReportedProject): Steps<Found[]> {
    const all = factsIn(state);
    const count = countUpTo(all, asOf);
    const facts = this.facts ?? new RegisterFacts();
    // Until all steps are done there is nothing to continue from.
    this.facts = undefined;
    if (!facts.become(all.upTo(count))) this.before.forget();
    let firstLater = Infinity;
    for (const { position } of all.slice(count)) firstLater = Math.min(firstLater, position);
    yield;
    const found = yield* registered({ facts, firstLater }, this.before, known);
    this.facts = facts;
    return found;
  }
}

/** What the live facts contradict, settled or not, by id. */
function* presentIn(
  { live, byId }: RegisterFacts,
  known?: ReportedProject,
): Steps<ReadonlyMap<string, Finding>> {
  return unique(yield* findingsIn(known ?? (yield* folded(live)), (entry) => byId.get(entry)));
}

/** Findings with what was said of them, in the words of the plan that is in force now. */
function foundNow({ ordered, explanations }: RegisterFacts, findings: Iterable<Finding>): Found[] {
  const { speaker } = new FactIndex(ordered, (fact) => !fact.withdrawn);
  return Array.from(findings, (finding) => foundBy(speaker, finding, explanations));
}

function foundBy(speaker: Speaker, finding: Finding, explanations: Explanations): Found {
  const { id, since, settledBy } = finding;
  const explained = explanationOf(finding, explanations);
  const settled = settledBy === undefined ? {} : { settledBy };
  const said = explained ? { explained } : {};
  const state = stateOf(finding, explained !== undefined);
  return { id, since, ...settled, ...said, state, finding, speaker };
}

function* registered(
  { facts, firstLater }: UpToDay,
  before: FoundBefore,
  known?: ReportedProject,
): Steps<Found[]> {
  const { ordered, explanations } = facts;
  const present = yield* presentIn(facts, known);
  const all = foundNow(facts, [...present.values(), ...(yield* madeFit(facts, present, before))]);
  const ids = new Set(all.map(({ id }) => id));
  // The last withdrawal first: a contradiction of many entries is settled only once a whole side is withdrawn.
  for (const fact of facts.withdrawn) {
    const { withdrawn } = fact;
    const isLive = (other: IndexedFact) => wasLiveBefore(other, withdrawn.position);
    const then = new FactIndex(ordered, isLive, firstLater >= withdrawn.position);
    const gone = [
      ...(yield* keptWith(then, fact)),
      // It need not look for what is known.
      ...(yield* involving(then, fact, [movedMeanwhile], ids)),
    ];
    for (const finding of gone) {
      if (ids.has(finding.id)) continue;
      ids.add(finding.id);
      all.push(
        foundBy(then.speaker, { ...finding, settledBy: finding.settledBy ?? withdrawn.by }, explanations),
      );
    }
  }
  yield;
  return all.sort(latestFirst);
}

type RulesOn = Readonly<Record<IndexedFact['type'], readonly Rule[]>>;

/** The rules that may involve an entry of a type, without the one on stretches without progress. */
const rulesOn: RulesOn = {
  PlanAdopted: [...moneyRules, ...progressRules, stallsConflict],
  MilestoneReached: [...progressRules, ...stageRules],
  ProgressMeasured: [...progressRules, ...stageRules],
  InvestmentReported: moneyRules,
  MoneyReported: moneyRules,
  StallDeclared: [stallsConflict],
  StallCleared: [stallsConflict],
  StageEntered: [...progressRules, ...stageRules, stallsConflict],
  NoChangeReported: [],
};

/** What a withdrawn entry contradicted, among all entries before its withdrawal. */
const kept = new WeakMap<IndexedFact, readonly Finding[]>();
const nothingKnown: ReadonlySet<string> = new Set();

/**
 * What a withdrawn entry contradicted before its withdrawal, without stretches without progress. No later entry changes
 * it: it is found once, with the fact.
 */
function* keptWith(then: FactIndex, fact: IndexedFact): Steps<readonly Finding[]> {
  const known = then.isWhole ? kept.get(fact) : undefined;
  if (known) return known;
  const findings = yield* involving(then, fact, rulesOn[fact.type], nothingKnown);
  if (then.isWhole) kept.set(fact, findings);
  return findings;
}

/** The contradictions among facts that are live together that involve one of them, except known ones where a rule leaves those out. */
function* involving(
  factIndex: FactIndex,
  about: IndexedFact,
  rules: readonly Rule[],
  known: ReadonlySet<string>,
): Steps<readonly Finding[]> {
  const found: Finding[] = [];
  for (const rule of rules) {
    for (const finding of yield* rule(factIndex, about, known))
      if (finding.sides.some(({ fact }) => fact === about)) found.push(finding);
    yield;
  }
  return found;
}

/** By id, the first one of each. */
function unique(findings: readonly Finding[]): ReadonlyMap<string, Finding> {
  const byId = new Map<string, Finding>();
  for (const finding of findings) if (!byId.has(finding.id)) byId.set(finding.id, finding);
  return byId;
}

function latestFirst(a: Found, b: Found): number {
  if (a.since !== b.since) return a.since > b.since ? -1 : 1;
  return a.id > b.id ? -1 : 1;
}
