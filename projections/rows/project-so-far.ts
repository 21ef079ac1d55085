import type { AdoptedRules } from '../../domain/governance/rules.js';
import type { EventType, ProjectDetails, Stage } from '../../domain/project/events.js';
import type { LifeStage } from '../../domain/project/stages.js';
import { wholeBasisPoints } from '../../domain/values/amounts/basis-points.js';
import { type Exactness, exactness, moreExact } from '../../domain/values/day-marks.js';
import { type Day, dayNumber, dayOf, yearOf } from '../../domain/values/days/calendar.js';
import { isCompleted, type OpenStall, type RuleInput } from '../alerts/rules/rule-input.js';
import { type RuleInForce, rulesInForce } from '../alerts/rules/rules-in-force.js';
import { unplannedIn } from '../completion/completed.js';
import type { Finding } from '../contradictions/contradiction.js';
import { explanationOf, isExplanation } from '../contradictions/explained.js';
import type { IndexedFact } from '../contradictions/fact-index.js';
import { findingsIn } from '../contradictions/findings.js';
import { ReportedProject } from '../contradictions/reported-project.js';
import { copied, likeOf } from '../facts/copied.js';
import type { Fact } from '../facts/facts.js';
import { GrowingList } from '../facts/growing-list.js';
import { isReport } from '../facts/sightings.js';
import { finished } from '../facts/steps.js';
import { type AnnualFigure, annualFigureOf, nextYearAfter } from '../money/annual-figure.js';
import type { ShareOfPlan } from '../money/money.js';
import { countingPlace, type PlanRow } from '../plan/plan-table.js';
import type { Implied } from '../progress/implied.js';
import { type Effect, nothingElse } from '../progress/rises.js';
import type { ProjectRow } from '../project/project.js';
import { Forecasts } from '../schedule/forecasts.js';
import type { Resumption } from '../stalls/resumptions.js';
import { type Standing, StandingReports } from '../stalls/standing.js';

/** A live entry. */
export type LiveFact = Fact<Exclude<EventType, 'EntryWithdrawn'>>;

/**
 * A project after a prefix of its entries in the order (asOf, place): its row, and what the rules compare. The figures
 * are computed when they are requested.
 */
export class ProjectSoFar extends ReportedProject implements RuleInput {
  readonly forecasts = new Forecasts();
  /** The first day of any live entry. */
  readonly firstOn: number;
  readonly details: ProjectDetails = { name: {} };
  private readonly standingReports = new StandingReports();
  private day = -Infinity;
  private known: { isBlocked: boolean; implied: Implied; completion: ProjectRow['completion'] } | undefined;
  /** What applies to the project by its details. */
  private held: { rules: Pick<AdoptedRules, 'rules'>; inForce: readonly RuleInForce[] } | undefined;
  /** Its facts, where contradictions of it are explained. */
  private readonly byId: Map<string, IndexedFact> | undefined;
  private readonly explanations = new Map<string, Fact<'ContradictionExplained'>>();
  /** How many contradictions that no entry has settled are explained; undefined until it is requested. */
  private explained: number | undefined;
  lastReport: Day | null = null;
  lastReportOnExactness: Exactness | undefined;

  /**
   * @param registrations they count for every day, wherever they are
   * @param found where it lists contradictions; without it, it only counts them
   * @param isExplained contradictions of it may be explained: it has to list them, because those are not open
   */
  constructor(
    readonly project: string,
    firstOn: Day,
    registrations: readonly LiveFact[],
    found?: Finding[],
    isExplained = false,
  ) {
    super(found);
    this.byId = isExplained ? new Map() : undefined;
    this.firstOn = dayNumber(firstOn);
    for (const fact of registrations) Object.assign(this.details, fact.data);
  }

  override copy(): this {
    const { held } = this;
    const kept = copied({ ...this, held: undefined, known: undefined });
    return Object.assign(likeOf(this, kept), { held });
  }

  /** Looks at it on a day after its entries: episodes of the past end, and expected ends pass, by time alone. */
  lookOn(day: number): void {
    this.day = day;
  }

  /** The first day after one on which it is another without a further entry, its lights aside; Infinity without one. */
  nextChangeAfter(day: number): number {
    return Math.min(this.stalls.nextEndAfter(day), nextYearAfter(this.money, day));
  }

  override add(fact: LiveFact): Effect {
    this.day = dayNumber(fact.asOf);
    if (isExplanation(fact)) {
      this.explained = undefined;
      this.explanations.set(fact.data.contradiction, fact);
      return nothingElse;
    }
    this.byId?.set(fact.id, fact as IndexedFact);
    this.explained = undefined;
    if (isReport(fact)) this.report(fact);
    switch (fact.type) {
      case 'ProjectRegistered':
        return nothingElse;
      case 'ProjectDescribed':
        Object.assign(this.details, fact.data);
        this.held = undefined;
        return nothingElse;
      case 'ForecastGiven':
        this.forecasts.say(fact);
        return nothingElse;
      case 'InvestmentReported':
        this.standingReports.invested(fact, this.money.before(fact));
        return super.add(fact);
      case 'NoChangeReported':
        this.standingReports.unchanged(fact);
        return super.add(fact);
      case 'ProgressMeasured': {
        this.known = undefined;
        const effect = super.add(fact);
        this.standingReports.measured(fact, effect.isMore, this.table);
        return effect;
      }
      default:
        this.known = undefined;
        return super.add(fact);
    }
  }

  /** How many contradictions no entry has settled and nobody has explained. */
  override get openContradictions(): number {
    if (this.explanations.size === 0) return super.openContradictions;
    this.explained ??= this.countExplained();
    return super.openContradictions - this.explained;
  }

  rulesInForce(rules: Pick<AdoptedRules, 'rules'>): readonly RuleInForce[] {
    if (this.held?.rules !== rules) {
      const { details, project } = this;
      this.held = { rules, inForce: rulesInForce(rules, { project, ...details }) };
    }
    return this.held.inForce;
  }

  get stage(): LifeStage | null {
    return this.stages.stage;
  }

  get entered(): ReadonlySet<Stage> {
    return this.stages.entered;
  }

  get isSuspended(): boolean {
    return this.stages.isSuspended;
  }

  get isComplete(): boolean {
    return isCompleted(this.completion, this.stage);
  }

  get percentBasisPoints(): number {
    return this.completion.percentBasisPoints;
  }

  get datedPercentBasisPoints(): number | null {
    return this.table.work.datedPercent(this.percentBasisPoints, ({ id }) => {
      const row = this.table.row(id) as PlanRow;
      return this.percentOf(countingPlace(row, (place) => this.isGroupStated(place)));
    });
  }

  get floorBasisPoints(): number {
    return this.completion.floorBasisPoints;
  }

  get ceilingBasisPoints(): number {
    return this.completion.ceilingBasisPoints;
  }

  get shareOfPlan(): ShareOfPlan | undefined {
    return this.money.comparedShare();
  }

  /** The annual plan of the year of the day. */
  get annualPlan(): AnnualFigure | null {
    if (!this.money.plan?.data.annualPlans) return null;
    return annualFigureOf(this.money, yearOf(dayOf(this.day)));
  }

  get hasProgress(): boolean {
    return this.progress.hasBegun;
  }

  get begunOn(): number | undefined {
    const { begun } = this.stages;
    return begun && dayNumber(begun.asOf);
  }

  get lastReportOn(): number | undefined {
    return this.lastReport === null ? undefined : dayNumber(this.lastReport);
  }

  get lastRiseOn(): number | undefined {
    return this.progress.lastRise?.day;
  }

  get standing(): GrowingList<Standing> {
    return this.standingReports.all;
  }

  /** The entry by which a weighted item rose last. */
  get riseEntry(): string | undefined {
    return this.progress.lastRise?.entry;
  }

  get resumedOn(): number {
    return this.resumption?.on ?? -Infinity;
  }

  /** The last resumption of works, with its entry. */
  get resumption(): Resumption | undefined {
    return this.stalls.worksResumed(this.day);
  }

  get openStalls(): readonly OpenStall[] {
    return this.stalls.openOn(this.day).all;
  }

  /** As a row shows them; the same list until one of them changes. */
  get stallsShown(): ProjectRow['stalls'] {
    return this.stalls.openOn(this.day).shown;
  }

  get firstStalls(): readonly OpenStall[] {
    return this.stalls.openOn(this.day).first;
  }

  percentOf(place: number): number {
    const row = this.table.rows[place];
    return row ? Math.round(this.figures.implied.point(row.item.id)) : 0;
  }

  topOf(place: number): number {
    return Math.max(this.percentOf(place), Math.round(this.progress.topOf(this.idOf(place))));
  }

  percentOfUnplanned(item: string): number | undefined {
    const known = unplannedIn(this.progress, this.table).get(item);
    return known && Math.round(known.point);
  }

  get completion(): ProjectRow['completion'] {
    return this.figures.completion;
  }

  private get figures(): NonNullable<ProjectSoFar['known']> {
    const isBlocked = this.stalls.blocking('production', this.day) !== undefined;
    if (this.known?.isBlocked !== isBlocked) this.known = this.figuresNow(isBlocked);
    return this.known;
  }

  private figuresNow(isBlocked: boolean): NonNullable<ProjectSoFar['known']> {
    const { progress } = this;
    const implied = progress.implied(isBlocked);
    const completion = {
      floorBasisPoints: Math.round(implied.low()),
      percentBasisPoints: Math.round(implied.point()),
      ceilingBasisPoints: Math.round(implied.high()),
      coverageBasisPoints: Math.round(progress.coverage() * wholeBasisPoints),
    };
    return { isBlocked, implied, completion };
  }

  private countExplained(): number {
    const found = new Map<string, Finding>();
    for (const one of finished(findingsIn(this, (entry) => this.byId?.get(entry))))
      if (!found.has(one.id)) found.set(one.id, one);
    const isExplained = (one: Finding) =>
      one.settledBy === undefined && explanationOf(one, this.explanations) !== undefined;
    return [...found.values()].filter(isExplained).length;
  }

  private report({ asOf, entry }: LiveFact): void {
    const known = exactness(entry);
    const before = this.lastReport === asOf ? this.lastReportOnExactness : undefined;
    this.lastReport = asOf;
    this.lastReportOnExactness = before ? moreExact(before, known) : known;
  }

  private isGroupStated(place: number): boolean {
    return this.figures.implied.isSetByOwn(this.idOf(place));
  }

  private idOf(place: number): string {
    return this.table.rows[place]?.item.id ?? '';
  }
}
