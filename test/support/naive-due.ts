import type { Subject } from '../../domain/alerts/events.js';
import type { Rule, RuleKind, RuleSet, Severity } from '../../domain/governance/rules.js';
import type { EventType, RecordedEvent, Stage, WorkItem } from '../../domain/project/events.js';
import { addDays, type Day, daysBetween } from '../../domain/values/days/calendar.js';
import { shippedLexicon } from '../../domain/values/lexicon.js';
import { type Amount, isSmaller, levelOf, statementOf } from '../../projections/progress/statement.js';
import {
  figuresAt,
  foldProject,
  type ProjectFigures,
  type ProjectState,
} from '../../projections/project/project.js';
import { isOfStage, naiveRises } from './naive-rises.js';
import { naiveShareOfPlan } from './naive-share.js';

/** One finding of the rules on a day. */
interface NaiveAlert {
  rule: RuleKind;
  subject: Subject;
  severity: Severity;
  /** For a declared stall that stops the works. */
  stopsWorks?: true;
  /** The stalls of works that explain it. */
  explainedBy?: string[];
  /** Of a day that is due soon: what takes over once it has passed. */
  overdue?: { rule: RuleKind; subject: Subject };
}

/** The findings of a naive evaluation on one day. */
export interface NaiveDue {
  due: NaiveAlert[];
  /** Conditions within the margin below their threshold, so that an open alert stays open. */
  held: Pick<NaiveAlert, 'rule' | 'subject' | 'explainedBy' | 'overdue'>[];
  notJudged: RuleKind[];
}

const project: Subject = { kind: 'project' };

/**
 * The findings of the rules on a day, computed from the bare entries; slow, and shares no code with the evaluation it
 * is compared with.
 */
export function naiveDue(
  history: readonly RecordedEvent[],
  rules: RuleSet,
  on: Day,
  state: ProjectState = foldProject(history),
): NaiveDue {
  const found: NaiveDue = { due: [], held: [], notJudged: [] };
  const live = liveEntries(history).filter((event) => event.entry.asOf <= on);
  if (live.length === 0) return found;
  const figures = figuresAt(state, on);
  if (figures.stage?.stage === 'cancelled') return found;
  const inForce = narrowest(rules.rules, figures);
  const day = new NaiveDay(live, figures, on, new Set(inForce.map(({ rule }) => rule)));
  for (const rule of inForce) {
    if (rule.isOff) continue;
    const counts = day.counts(rule);
    if (counts === null) found.notJudged.push(rule.rule);
    for (const { subject, count, stopsWorks, overdue } of counts ?? []) {
      const severity = typeof count === 'string' ? count : naiveSeverity(rule, count);
      const isStopping = stopsWorks ? { stopsWorks } : {};
      const stalls = day.explaining(rule.rule, subject);
      const explained = {
        ...(stalls.length > 0 ? { explainedBy: stalls } : {}),
        ...(overdue ? { overdue: { rule: overdue, subject } } : {}),
      };
      if (severity) found.due.push({ rule: rule.rule, subject, severity, ...isStopping, ...explained });
      else if (typeof count === 'number' && isNearly(rule, count))
        found.held.push({ rule: rule.rule, subject, ...explained });
    }
  }
  return found;
}

/** The first day after one, up to another, on which the findings differ; undefined if there is none. */
export function naiveNextOn(
  history: readonly RecordedEvent[],
  rules: RuleSet,
  on: Day,
  until: Day,
): Day | undefined {
  const before = JSON.stringify(naiveDue(history, rules, on).due);
  for (let day = addDays(on, 1); day <= until; day = addDays(day, 1)) {
    if (JSON.stringify(naiveDue(history, rules, day).due) !== before) return day;
  }
  return undefined;
}

/** The live entries, in the order (asOf, position). */
export function liveEntries(history: readonly RecordedEvent[]): RecordedEvent[] {
  const withdrawn = new Set(
    history.flatMap((event) => (event.type === 'EntryWithdrawn' ? [event.data.entry] : [])),
  );
  return history
    .filter((event) => event.type !== 'EntryWithdrawn' && !withdrawn.has(event.id))
    .toSorted((a, b) => a.entry.asOf.localeCompare(b.entry.asOf) || a.position - b.position);
}

/** For each kind the rule of the project's narrowest place. */
function narrowest(rules: readonly Rule[], { project: id, details }: ProjectFigures): Rule[] {
  const [districts, sectors] = [details.district, details.sector].map((text) => Object.values(text ?? {}));
  const places: Rule['where'][] = [
    { project: id ?? '' },
    ...(districts ?? []).flatMap((district) => (sectors ?? []).map((sector) => ({ district, sector }))),
    ...(districts ?? []).map((district) => ({ district })),
    ...(sectors ?? []).map((sector) => ({ sector })),
    {},
  ];
  const kinds = new Set(rules.map((rule) => rule.rule));
  return [...kinds].flatMap((kind) => {
    for (const place of places) {
      const rule = rules.find(
        (candidate) =>
          candidate.rule === kind &&
          ['project', 'district', 'sector'].every(
            (key) => candidate.where?.[key as 'sector'] === place?.[key as 'sector'],
          ),
      );
      if (rule) return [rule];
    }
    return [];
  });
}

function naiveSeverity(rule: Rule, count: number): Severity | null {
  let grace = rule.rule === 'silent-stall' ? (rule.graceDays ?? 0) : 0;
  let reached: Severity | null = null;
  for (const severity of ['blue', 'yellow', 'red'] as const) {
    const threshold = rule[severity];
    if (!threshold) continue;
    const from = Number(Object.values(threshold)[0]) + grace;
    grace = 0;
    const isOver = rule.rule === 'behind-plan' && severity === 'red' ? count > from : count >= from;
    if (isOver) reached = severity;
  }
  return reached;
}

/** The severity so many days before a day; the thresholds are the days left. */
function severityBefore({ blue, yellow, red }: Rule, left: number): Severity | undefined {
  const isNear = (threshold: Rule['red']) => left <= Number(Object.values(threshold ?? { days: -1e9 })[0]);
  return isNear(red) ? 'red' : isNear(yellow) ? 'yellow' : isNear(blue) ? 'blue' : undefined;
}

/** True for a count within the margin below the lowest threshold. */
function isNearly({ blue, yellow, red, marginPoints = 0 }: Rule, count: number): boolean {
  const mildest = Number(Object.values(blue ?? yellow ?? red ?? { points: 100 })[0]);
  return count > mildest - marginPoints && marginPoints > 0;
}

type Counted = { subject: Subject; count: number | Severity; stopsWorks?: true; overdue?: RuleKind };

/** The stages in which a project is used. */
const uses = ['in-production', 'opened-to-traffic', 'in-use', 'handed-over'];

/** The stages in which the works have begun. */
const begunStages = ['started', 'built', 'trial-production', 'trial-operation', 'accepted', ...uses];

/** One day of one project. */
class NaiveDay {
  private readonly items: readonly WorkItem[];
  private readonly isComplete: boolean;

  constructor(
    private readonly live: readonly RecordedEvent[],
    private readonly figures: ProjectFigures,
    private readonly on: Day,
    private readonly kinds: ReadonlySet<RuleKind>,
  ) {
    this.items = this.of('PlanAdopted').at(-1)?.data.items ?? [];
    const { floorBasisPoints, ceilingBasisPoints } = figures.completion;
    this.isComplete =
      Math.min(floorBasisPoints, ceilingBasisPoints) === 10000 ||
      [...uses, 'accepted'].includes(figures.stage?.stage ?? '');
  }

  /** The counts of a rule, by subject; null if it cannot be evaluated. */
  counts(rule: Rule): Counted[] | null {
    const isAtRest = this.isComplete;
    switch (rule.rule) {
      case 'declared-stall':
        return this.stalls(rule);
      case 'unreported':
        if (isAtRest || this.figures.isSuspended) return [];
        return [{ subject: project, count: this.daysSince(this.lastReportOn()) }];
      case 'silent-stall':
        if (isAtRest) return [];
        return this.leaves().length === 0 ? null : this.silent();
      case 'behind-plan': {
        const ahead = this.figures.schedule.aheadBasisPoints;
        if (isAtRest) return [];
        return ahead === null ? null : [{ subject: project, count: -ahead / 100 }];
      }
      case 'not-started':
        return isAtRest ? [] : this.notStarted();
      case 'item-overdue':
        return isAtRest ? [] : this.overdue();
      case 'stage-late':
        return isAtRest ? [] : this.stages();
      case 'forecast-missed':
        return isAtRest ? [] : this.missed();
      case 'not-registered':
        return isAtRest ? [] : this.unregistered();
      case 'due-soon':
        return isAtRest ? [] : this.soon(rule);
      case 'forecast-slip':
        return this.isComplete ? [] : this.slips(rule);
      case 'money-gap': {
        const share = naiveShareOfPlan(this.of('InvestmentReported'), this.of('PlanAdopted').at(-1));
        if (this.isComplete) return [];
        if (share === null || this.items.length === 0) return null;
        const { floorBasisPoints: least, ceilingBasisPoints: most } = this.figures.completion;
        const apart = share > most ? share - most : share < least ? least - share : 0;
        return [{ subject: project, count: apart / 100 }];
      }
    }
  }

  /** The stalls of all works, or those under which every unfinished work lies that an alert is about; none if one does not. */
  explaining(rule: RuleKind, subject: Subject): string[] {
    const explained: RuleKind[] = [
      'item-overdue',
      'silent-stall',
      'behind-plan',
      'not-started',
      'stage-late',
      'forecast-missed',
      'due-soon',
    ];
    const stalls = this.openStalls().filter(({ blocks }) => blocks.includes('works'));
    if (!explained.includes(rule)) return [];
    const ofAll = stalls.filter(({ item }) => item === undefined).map(({ stall }) => stall);
    if (ofAll.length > 0) return ofAll;
    const stallOf = (item: WorkItem) =>
      stalls.find((stall) => [item, ...this.above(item)].some(({ id }) => stall.item === id))?.stall;
    const named = 'id' in subject ? subject.id.split(':')[0] : '';
    const isOfWork = subject.kind === 'item' || subject.kind === 'target';
    const own = isOfWork ? this.items.find(({ id, stage }) => id === named && !stage) : undefined;
    const works = own
      ? this.leaves().filter((leaf) => leaf === own || this.above(leaf).includes(own))
      : this.leaves().filter(({ stage }) => stage === undefined);
    const open = works.filter(({ id }) => !this.isDone(id));
    const found = (open.length === 0 && own ? [own] : open).map(stallOf);
    return found.includes(undefined) ? [] : [...new Set(found)].filter((stall) => stall !== undefined);
  }

  private openStalls() {
    return this.figures.stalls.episodes.filter(
      ({ status, cause }) => status === 'open' && !(cause === 'suspended' && this.isComplete),
    );
  }

  private of<T extends EventType>(type: T): RecordedEvent<T>[] {
    return this.live.filter(
      (event) => event.type === type,
    ) as RecordedEvent<EventType>[] as RecordedEvent<T>[];
  }

  private daysSince(day: Day): number {
    return daysBetween(day, this.on);
  }

  private stalls(rule: Rule): Counted[] {
    return this.openStalls()
      .filter((episode) => episode.from <= this.on)
      .map((episode) => {
        const levels = episode.blocks.map((part) => rule.blocks?.[part]);
        const count = (['red', 'yellow', 'blue'] as const).find((severity) => levels.includes(severity));
        return {
          subject: { kind: 'stall', id: episode.stall } as const,
          count: count ?? -1,
          ...(episode.blocks.includes('works') ? { stopsWorks: true as const } : {}),
        };
      });
  }

  private reports(): RecordedEvent[] {
    const none: EventType[] = ['ProjectRegistered', 'ProjectDescribed', 'PlanAdopted'];
    return this.live.filter((event) => !none.includes(event.type));
  }

  private lastReportOn(): Day {
    return (this.reports().at(-1) ?? this.live[0])?.entry.asOf ?? this.on;
  }

  private silent(): Counted[] {
    let since = this.lastRiseOn();
    if (since === undefined) {
      since = this.live[0]?.entry.asOf ?? this.on;
      const start = this.plannedStart();
      if (start !== undefined && start > since) since = start;
    }
    for (const entered of this.of('StageEntered'))
      if (entered.data.stage === 'resumed' && entered.entry.asOf > since) since = entered.entry.asOf;
    for (const { item, blocks, status, clearedOn, to } of this.figures.stalls.episodes) {
      const over = status === 'past' && to !== undefined ? addDays(to, 1) : clearedOn;
      if (item === undefined && blocks.includes('works') && over !== undefined && over > since) since = over;
    }
    return (this.lastStandingOn() ?? '') > since ? [{ subject: project, count: this.daysSince(since) }] : [];
  }

  /** The day of the last report of no change, of zero, or of a figure that is not above the one before it. */
  private lastStandingOn(): Day | undefined {
    const said = new Map<string, { level: number; amount: Amount | null }>();
    let last: Day | undefined;
    for (const { type, data, entry } of this.live) {
      if (type === 'NoChangeReported') last = entry.asOf;
      if (type === 'InvestmentReported') {
        const { span, basis, amount } = data;
        const year = span === 'year' ? entry.asOf.slice(0, 4) : '';
        const kind = `${span} ${basis} ${amount?.currency} ${year}`;
        const isFlow = span === 'month' || span === 'quarter';
        const level =
          amount?.amountMinor ?? data.shareOfPlanBasisPoints ?? data.shareOfAnnualPlanBasisPoints ?? 0;
        const isAgain = !isFlow && said.get(kind)?.level === level;
        if (level === 0 || isAgain) last = entry.asOf;
        said.set(kind, { level, amount: null });
      }
      if (type !== 'ProgressMeasured' && type !== 'MilestoneReached') continue;
      const subject = `${data.item ?? ''} ${data.step ?? ''}`;
      const item = this.planOn(entry.asOf).find(({ id }) => id === data.item);
      const measure = type === 'ProgressMeasured' ? data.measure : undefined;
      const { low, point, amount } = measure
        ? statementOf(measure, item, shippedLexicon)
        : { low: 10000, point: 10000, amount: null };
      const level = point ?? low;
      const before = said.get(subject) ?? { level: 0, amount: null };
      const isRise = level > before.level || isSmaller(before.amount, amount);
      if (measure && measure.kind !== 'word' && !isRise) last = entry.asOf;
      said.set(subject, { level, amount: amount ?? before.amount });
    }
    return last;
  }

  private planOn(day: Day): readonly WorkItem[] {
    return this.of('PlanAdopted').findLast(({ entry }) => entry.asOf <= day)?.data.items ?? [];
  }

  /** The day of the last rise of an item or a step of the plan that has a weight. */
  private lastRiseOn(): Day | undefined {
    return naiveRises(this.live).findLast(({ subject }) => this.isCounted(subject))?.on;
  }

  private isCounted(subject: string): boolean {
    const [id = '', step] = subject.split(' ');
    if (id === '') return this.leaves().length > 0;
    const item = this.items.find((candidate) => candidate.id === id);
    if (!item || !this.isWeighted(item)) return false;
    return step === undefined || (item.steps ?? []).some((known) => known.id === step && known.weight > 0);
  }

  private hasBegun(): boolean {
    return (
      this.of('StageEntered').some((entered) => begunStages.includes(entered.data.stage)) ||
      this.of('MilestoneReached').length > 0 ||
      this.of('ProgressMeasured').some(({ data }) => {
        const item = this.items.find((candidate) => candidate.id === data.item);
        return levelOf(data.measure, item, shippedLexicon) > 0;
      })
    );
  }

  private notStarted(): Counted[] {
    const start = this.plannedStart();
    if (start === undefined || this.hasBegun()) return [];
    let months = 0;
    for (let day = start; day < this.on; day = addDays(day, 1)) if (addDays(day, 1).endsWith('-01')) months++;
    return [{ subject: project, count: months }];
  }

  private overdue(): Counted[] {
    return this.overdueDays().map(({ id, day }) => ({
      subject: { kind: 'item', id },
      count: this.daysSince(day),
    }));
  }

  /** The work items that are not done, with their planned finishes. */
  private overdueDays(): { id: string; day: Day }[] {
    return this.items.flatMap((item) => {
      const { plannedFinish, stage } = item;
      const below = this.items.filter((other) => this.isLeaf(other) && this.above(other).includes(item));
      const isOwn = this.isLeaf(item) || !below.some((leaf) => leaf.plannedFinish !== undefined);
      const counts = this.leaves().some((leaf) => leaf === item || this.above(leaf).includes(item));
      if (plannedFinish === undefined || stage !== undefined || !isOwn || !counts || this.isDone(item.id))
        return [];
      return [{ id: item.id, day: plannedFinish }];
    });
  }

  private stages(): Counted[] {
    const planned = this.stageDays().map(({ id, day }) => ({
      subject: { kind: 'target', id } as const,
      count: this.daysSince(day),
    }));
    if (this.kinds.has('forecast-missed')) return planned;
    const promised = ['production', 'completion'].flatMap((target) => {
      if (target === 'production' && this.plannedFinish(target) !== undefined) return [];
      const last = this.of('ForecastGiven').findLast((event) => event.data.target === target);
      const latest = last?.data.latest;
      if (latest === undefined || this.isReached(target)) return [];
      return [{ subject: { kind: 'target', id: target } as const, count: this.daysSince(latest) }];
    });
    const ids = planned.map(({ subject }) => subject.id);
    return [...planned, ...promised.filter(({ subject }) => !ids.includes(subject.id))];
  }

  /** The stages of the plan that are not entered, with their planned days. */
  private stageDays(): { id: string; day: Day }[] {
    const entered = this.of('StageEntered').map((event) => event.data.stage);
    return this.items.flatMap((item) => {
      if (item.stage === undefined || this.isDone(item.id) || this.isCancelled(item)) return [];
      const day = this.finishOf(item);
      if (day === undefined || entered.some((stage) => isOfStage(stage, item))) return [];
      return [{ id: item.id, day }];
    });
  }

  private isCancelled(item: WorkItem | undefined): boolean {
    return item !== undefined && [item, ...this.above(item)].some(({ isCancelled }) => isCancelled);
  }

  /** The last day of the latest forecast of each target that is still to come. */
  private promises(): { target: string; id: string; day: Day }[] {
    const last = new Map<string, { target: string; what?: string; latest?: Day }>();
    for (const { data } of this.of('ForecastGiven'))
      last.set(data.what === 'start' ? `${data.target}:start` : data.target, data);
    return [...last].flatMap(([id, { target, what, latest }]) => {
      const isReached = what === 'start' ? this.isItemStarted(target) : this.isReached(target);
      const isGone = this.isCancelled(this.items.find((item) => item.id === target));
      return latest === undefined || isReached || isGone ? [] : [{ target, id, day: latest }];
    });
  }

  private missed(): Counted[] {
    return this.promises().map(({ id, day }) => ({
      subject: { kind: 'target', id },
      count: this.daysSince(day),
    }));
  }

  private unregistered(): Counted[] {
    const entered = this.of('StageEntered');
    const begun = entered.find(({ data }) => begunStages.includes(data.stage));
    if (!begun || entered.some(({ data }) => data.stage === 'registered-in-statistics')) return [];
    return [{ subject: project, count: this.daysSince(begun.entry.asOf) }];
  }

  private soon(rule: Rule): Counted[] {
    const start = this.hasBegun() ? undefined : this.plannedStart();
    const overdue = this.overdueDays();
    const stages = this.stageDays();
    const promises = this.promises().filter(({ id, day }) => {
      const isSameDay = overdue.some((item) => item.id === id && item.day === day);
      return !isSameDay && !stages.some((stage) => stage.id === id);
    });
    const promised: RuleKind = this.kinds.has('forecast-missed') ? 'forecast-missed' : 'stage-late';
    const soon: { subject: Subject; day: Day; overdue: RuleKind }[] = [
      ...(start === undefined ? [] : [{ subject: project, day: start, overdue: 'not-started' as const }]),
      ...overdue.map(({ id, day }) => ({
        subject: { kind: 'item', id } as const,
        day,
        overdue: 'item-overdue' as const,
      })),
      ...stages.map(({ id, day }) => ({
        subject: { kind: 'target', id } as const,
        day,
        overdue: 'stage-late' as const,
      })),
      ...promises.map(({ id, day }) => ({
        subject: { kind: 'target', id } as const,
        day,
        overdue: promised,
      })),
    ];
    return soon.map(({ subject, day, overdue }) => ({
      subject,
      count: severityBefore(rule, -this.daysSince(day)) ?? -1,
      overdue,
    }));
  }

  private slips({ blue, yellow, red }: Rule): Counted[] {
    const mildest = Number(Object.values(blue ?? yellow ?? red ?? {})[0]);
    const said = this.of('ForecastGiven').map(({ data }) => ({ ...data, what: data.what ?? 'finish' }));
    const targets = new Map(said.map(({ target, what }) => [`${target}:${what}`, { target, what }]));
    return [...targets.values()].flatMap(({ target, what }) => {
      const all = said.filter((one) => one.target === target && one.what === what);
      const first = all.find(({ earliest, latest }) => (earliest ?? latest) !== undefined);
      const last = all.at(-1);
      const isReached = what === 'start' ? this.isItemStarted(target) : this.isReached(target);
      if (!last || isReached || this.isCancelled(this.items.find((item) => item.id === target))) return [];
      const id = what === 'start' ? `${target}:start` : target;
      const subject = { kind: 'target', id } as const;
      const named = last.latest ?? last.earliest;
      if (named === undefined) return [{ subject, count: mildest }];
      const planned = what === 'start' ? this.plannedItemStart(target) : this.plannedFinish(target);
      if (planned !== undefined) return [{ subject, count: daysBetween(planned, named) }];
      if (!first || first === last) return [];
      const days = [
        [first.earliest, last.earliest],
        [first.latest, last.latest],
      ].flatMap(([from, to]) => (from === undefined || to === undefined ? [] : [daysBetween(from, to)]));
      const [one, other] = days;
      if (one === undefined) return [];
      // Narrower or wider: the smaller slip is none.
      const isMixed = other !== undefined && Math.sign(one) * Math.sign(other) < 0;
      return [{ subject, count: isMixed ? 0 : Math.min(...days) }];
    });
  }

  private isItemStarted(id: string): boolean {
    return this.figures.completion.items.some((item) => item.item === id && item.percentBasisPoints > 0);
  }

  private plannedItemStart(id: string): Day | undefined {
    const item = this.items.find((candidate) => candidate.id === id);
    const below = this.items.filter(
      (leaf) => this.isLeaf(leaf) && [leaf, ...this.above(leaf)].some((one) => one === item),
    );
    return item?.plannedStart ?? below.flatMap(({ plannedStart }) => plannedStart ?? []).toSorted()[0];
  }

  private isReached(target: string): boolean {
    const entered: Stage[] = this.of('StageEntered').map((event) => event.data.stage);
    if (target === 'completion') return entered.includes('built') || entered.includes('accepted');
    const isItem = this.items.some(({ id }) => id === target);
    if (target === 'start' && !isItem) return this.hasBegun();
    const opens = uses.filter((stage) => stage !== 'in-production');
    if (target === 'opening' && !isItem) {
      const items = this.items.filter(({ stage }) => stage !== undefined && opens.includes(stage));
      if (entered.some((stage) => opens.includes(stage))) return true;
      return items.length > 0 && items.every((item) => this.isDone(item.id));
    }
    if (target !== 'production') return this.isDone(target);
    const production = this.items.filter((item) => item.stage === 'in-production');
    if (entered.includes('in-production')) return true;
    return production.length > 0 && production.every((item) => this.isDone(item.id));
  }

  private isDone(id: string): boolean {
    return this.figures.completion.items.some(
      (item) => item.item === id && item.percentBasisPoints === 10000,
    );
  }

  private isLeaf(item: WorkItem): boolean {
    return !this.items.some((other) => other.parent === item.id);
  }

  private above(item: WorkItem): WorkItem[] {
    const parent = this.items.find((other) => other.id === item.parent);
    return parent ? [parent, ...this.above(parent)] : [];
  }

  private isWeighted(item: WorkItem): boolean {
    if (!this.isLeaf(item)) return this.leaves().some((leaf) => this.above(leaf).includes(item));
    return [item, ...this.above(item)].every(({ weight }) => weight > 0);
  }

  private leaves(): WorkItem[] {
    return this.items.filter((item) => this.isLeaf(item) && this.isWeighted(item));
  }

  private finishOf(item: WorkItem): Day | undefined {
    return [item, ...this.above(item)].find((one) => one.plannedFinish !== undefined)?.plannedFinish;
  }

  private plannedStart(): Day | undefined {
    const starts = this.leaves().map(
      (leaf) => [leaf, ...this.above(leaf)].find((one) => one.plannedFinish !== undefined)?.plannedStart,
    );
    return starts.filter((day) => day !== undefined).toSorted()[0];
  }

  private plannedFinish(target: string): Day | undefined {
    const latest = (days: (Day | undefined)[]) =>
      days
        .filter((day) => day !== undefined)
        .toSorted()
        .at(-1);
    if (target === 'completion') return latest(this.items.map((item) => item.plannedFinish));
    if (target === 'production')
      return latest(
        this.items.filter((item) => item.stage === 'in-production').map((item) => this.finishOf(item)),
      );
    const item = this.items.find((candidate) => candidate.id === target);
    if (!item && target === 'start') return this.plannedStart();
    if (!item && target === 'opening')
      return latest(
        this.items
          .filter(({ stage }) => uses.includes(stage ?? '') && stage !== 'in-production')
          .map((one) => this.finishOf(one)),
      );
    if (!item) return undefined;
    const below = this.items.filter(
      (leaf) => this.isLeaf(leaf) && [leaf, ...this.above(leaf)].includes(item),
    );
    return this.finishOf(item) ?? latest(below.map((leaf) => leaf.plannedFinish));
  }
}
