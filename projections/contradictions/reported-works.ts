import type { Day } from '../../domain/values/days/calendar.js';
import type { Lexicon } from '../../domain/values/lexicon.js';
import { GrowingList } from '../facts/growing-list.js';
import { type PlanTable, planTableOf } from '../plan/plan-table.js';
import type { Found } from '../progress/found.js';
import { Progress, type ProgressEntry } from '../progress/progress.js';
import type { Effect } from '../progress/rises.js';
import { AfterCancelled } from './after-cancelled.js';
import { type ContradictionRule, type Finding, finding, mostNamed, type Side } from './contradiction.js';
import { type IndexedFact, inOrder, isItemReport } from './fact-index.js';
import { type OpenWork, OpenWorks } from './open-works.js';
import { type Lead, OutOfSequence } from './out-of-sequence.js';
import { PlanReports } from './plan-reports.js';
import { StageKinds } from './stage-kinds.js';
import { Unfinished } from './unfinished.js';

const rules: Readonly<Record<Found['kind'], ContradictionRule>> = {
  fell: 'progress-fell',
  'amount-fell': 'progress-fell',
  'above-parts': 'above-its-parts',
  'below-parts': 'below-its-parts',
};

/** The progress of a project with the contradictions of what was reported of it, entry by entry in the order (asOf, place). */
export class ReportedWorks {
  readonly progress: Progress;
  /** The plan in force. */
  table: PlanTable = planTableOf(undefined);
  private readonly sequence: OutOfSequence;
  private readonly planReports: PlanReports;
  private readonly unfinished: Unfinished;
  private readonly openWorks: OpenWorks;
  private readonly afterCancelled: AfterCancelled;
  private readonly stageKinds: StageKinds;
  private day: Day = '';
  /** Of the days before the present one: how many contradictions of progress there are, and which are open. */
  private endedCount = 0;
  private readonly ended = new EndedFindings();
  private readonly openBefore = new Set<string>();

  /** @param found where the contradictions that entries are enough to find are added, for `findings` */
  constructor(
    lexicon: Lexicon,
    private readonly found?: Finding[],
  ) {
    this.progress = new Progress(lexicon);
    this.sequence = new OutOfSequence(this.progress);
    this.planReports = new PlanReports(lexicon, found);
    this.unfinished = new Unfinished(lexicon, found);
    this.openWorks = new OpenWorks(this.progress);
    this.afterCancelled = new AfterCancelled(found);
    this.stageKinds = new StageKinds(found);
  }

  add(fact: ProgressEntry): Effect {
    if (fact.asOf !== this.day) this.end();
    this.day = fact.asOf;
    this.sequence.begin(fact.asOf);
    const effect = this.progress.add(fact);
    if (fact.type === 'PlanAdopted') {
      this.table = planTableOf(fact);
      this.planReports.adopt(fact);
    } else if (isItemReport(fact)) this.planReports.say(fact);
    this.sequence.add(fact, this.table);
    this.unfinished.take(fact);
    this.openWorks.add(fact, this.table);
    this.afterCancelled.add(fact, effect, this.table);
    this.stageKinds.add(fact, this.table);
    return effect;
  }

  /** How many contradictions no entry has settled. */
  get openContradictions(): number {
    const { progress, planReports, unfinished, openWorks, afterCancelled, sequence } = this;
    const { openBefore, endedCount, stageKinds } = this;
    const ofDay = new Set<string>();
    for (const one of progress.foundFrom(endedCount))
      if (one.settledBy === null && !openBefore.has(idOf(one))) ofDay.add(idOf(one));
    const open = openBefore.size + ofDay.size + sequence.openContradictions + openWorks.openContradictions;
    const ofStages = afterCancelled.openContradictions + stageKinds.openContradictions;
    return open + planReports.openContradictions + unfinished.openContradictions + ofStages;
  }

  /** All contradictions, settled or not, with the facts of their entries. */
  findings(factOf: (entry: string) => IndexedFact | undefined): Finding[] {
    const sidesOf = (entries: Iterable<string>): Side[] =>
      [...new Set(entries)].flatMap((entry) => {
        const fact = factOf(entry);
        return fact ? [{ fact }] : [];
      });
    return [
      ...(this.found ?? []),
      ...this.ended.upTo(this.endedCount, this.progress, (one) => found(one, sidesOf)),
      ...this.progress.foundFrom(this.endedCount).flatMap((one) => found(one, sidesOf)),
      ...[...this.sequence.found()].flatMap((lead) => ahead(lead, sidesOf)),
      ...[...this.openWorks.found()].map((work) => opened(work, sidesOf)),
    ];
  }

  private end(): void {
    for (const one of this.progress.foundFrom(this.endedCount)) {
      if (one.settledBy === null) this.openBefore.add(idOf(one));
      this.endedCount += 1;
    }
  }
}

/** The findings of contradictions of days that ended: they stay as they are, so each is made once. */
class EndedFindings {
  private readonly findings = new GrowingList<Finding>();
  private count = 0;

  upTo(count: number, progress: Progress, findingsOf: (one: Found) => Finding[]): readonly Finding[] {
    const more = progress.foundFrom(this.count).slice(0, count - this.count);
    for (const one of more) for (const finding of findingsOf(one)) this.findings.push(finding);
    this.count = count;
    return this.findings.slice();
  }
}

type SidesOf = (entries: Iterable<string>) => Side[];

function found(one: Found, sidesOf: SidesOf): Finding[] {
  const [upper, lower] = [sidesOf(one.upper), sidesOf(one.lower)];
  const isBelow = one.kind === 'below-parts';
  const [first, ...against] = isBelow ? [...lower, ...upper] : [...upper, ...lower];
  if (!first || against.length === 0) return [];
  const isGroup = isBelow || one.kind === 'above-parts';
  const named = isGroup ? against.slice(0, mostNamed) : against;
  const about = isGroup ? { about: first.fact.id, left: against.length - named.length } : {};
  return [finding(rules[one.kind], [first, ...named], { ...about, settledBy: one.settledBy ?? undefined })];
}

/** The id of the finding that a contradiction of progress becomes. */
function idOf({ kind, upper, lower }: Found): string {
  if (kind === 'above-parts') return `${kind}:${upper[0]}`;
  return kind === 'below-parts' ? `${kind}:${lower[0]}` : [...upper, ...lower].join(':');
}

function opened({ stage, entries, since, settledBy }: OpenWork, sidesOf: SidesOf): Finding {
  const reports = sidesOf(entries).sort((a, b) => inOrder(a.fact, b.fact));
  return finding('in-use-but-open', [{ fact: stage }, ...reports], { since, settledBy });
}

/** By the entries of a lead, which never change: its finding, until it is settled by another one. */
const ofLeads = new WeakMap<Lead['entries'], Finding>();

function ahead({ entries, since, settledBy }: Lead, sidesOf: SidesOf): Finding[] {
  const known = ofLeads.get(entries);
  if (known && known.settledBy === settledBy) return [known];
  const [first, ...rest] = sidesOf(entries).sort((a, b) => inOrder(a.fact, b.fact));
  if (!first) return [];
  const made = finding('ahead-of-predecessor', [first, ...rest], { since, settledBy });
  ofLeads.set(entries, made);
  return [made];
}
