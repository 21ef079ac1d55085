import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type AdoptedRules, defaultRules, type Severity, severities } from '../../domain/governance/rules.js';
import { ofProjects } from '../../domain/log/any-event.js';
import { projectOf, type RecordedEvent } from '../../domain/project/events.js';
import {
  addDays,
  type Day,
  dayNumber,
  dayOf,
  daysBetween,
  yearOf,
} from '../../domain/values/days/calendar.js';
import { alertsAt } from '../../projections/alerts/alerts-at.js';
import { dueAlerts } from '../../projections/alerts/due.js';
import { planInForce } from '../../projections/completion/completion.js';
import { contradictions } from '../../projections/contradictions/contradictions.js';
import { explain, explainable } from '../../projections/explanation/explain.js';
import { upTo } from '../../projections/facts/facts.js';
import { annualFigureOf } from '../../projections/money/annual-figure.js';
import { Money } from '../../projections/money/money.js';
import { planTableOf } from '../../projections/plan/plan-table.js';
import {
  existsOn,
  figuresAt,
  foldProject,
  type ProjectFigures,
  type ProjectState,
} from '../../projections/project/project.js';
import { Forecasts } from '../../projections/schedule/forecasts.js';
import { compose } from '../../src/composition/compose.js';
import { readConfig } from '../../src/composition/settings/config.js';
import { loadExample } from '../../src/maintenance/example.js';
import { type Dice, diceOf } from './dice.js';
import { wronglyExplained } from './recomputed.js';

export const examples = ['district-2018', 'county-2019'] as const;

/** The entries of every project of an example, oldest first. */
export async function exampleHistories(example: string): Promise<Map<string, RecordedEvent[]>> {
  const dataPath = mkdtempSync(join(tmpdir(), 'topout-explained-'));
  const config = { ...readConfig({ TOPOUT_EXAMPLE: example }), dataPath };
  const composed = await compose(config);
  try {
    await loadExample(composed, config);
    const histories = new Map<string, RecordedEvent[]>();
    for await (const page of composed.store.readAll())
      for (const event of ofProjects(page)) {
        const project = projectOf(event.stream);
        histories.set(project, [...(histories.get(project) ?? []), event]);
      }
    return histories;
  } finally {
    await composed.close();
    rmSync(dataPath, { recursive: true });
  }
}

/** The result of comparing explanations with the figures of projects. */
export interface ComparedExplanations {
  moments: number;
  figures: number;
  nodes: number;
  /** Nodes that the fold carried over a change of scope. */
  carried: number;
  mismatches: string[];
}

/** Explains every figure of every project at random points of both clocks, and computes every node from its children. */
export function compareExplanations(
  histories: ReadonlyMap<string, readonly RecordedEvent[]>,
  { seed, moments }: { seed: number; moments: number },
): ComparedExplanations {
  const dice = diceOf(seed);
  const all = [...histories.values()].flat();
  const positions = all.map(({ position }) => position).sort((a, b) => a - b);
  const days = all.map(({ entry }) => entry.asOf).sort();
  const found: ComparedExplanations = { moments, figures: 0, nodes: 0, carried: 0, mismatches: [] };
  for (let moment = 0; moment < moments; moment += 1) {
    const knownAt = positions[dice.int(0, positions.length - 1)] ?? 0;
    const asOf = randomDay(dice, days);
    const rules = moment % 2 === 0 ? defaultRules : strictRules;
    for (const [project, events] of histories)
      compareProject({ project, events, knownAt, asOf, rules }, found);
  }
  return found;
}

function randomDay(dice: Dice, days: readonly Day[]): Day {
  if (dice.chance(40)) return addDays(days[dice.int(0, days.length - 1)] ?? '2018-06-30', dice.int(0, 1));
  const [first, last] = [days[0] ?? '2018-01-01', days.at(-1) ?? '2018-12-31'];
  return dayOf(dice.int(dayNumber(first), dayNumber(last) + 60));
}

/** Explains every figure of a project at one point of both clocks. */
export function compareProject(
  {
    project,
    events,
    knownAt,
    asOf,
    rules = defaultRules,
  }: {
    project: string;
    events: readonly RecordedEvent[];
    knownAt: number;
    asOf: Day;
    rules?: AdoptedRules;
  },
  found: ComparedExplanations,
): void {
  const state = foldProject(events.filter(({ position }) => position <= knownAt));
  if (!existsOn(state, asOf)) return;
  const shown = figuresAt(state, asOf);
  const moment = { state, asOf, lexiconVersion: 2, rules };
  const names = explainable(moment);
  const expected = new Map([
    ...figuresOf(shown),
    ...annualOf(state, asOf),
    ...timesOf(shown, state, asOf),
    ...lightsOf(state, rules, asOf),
    ['contradictions', contradictions.view(state.contradictions, asOf).open.length] as const,
  ]);
  for (const name of expected.keys())
    if (!names.includes(name)) found.mismatches.push(`${project} ${asOf}@${knownAt} ${name}: not explained`);
  for (const figure of names) {
    const explanation = explain(moment, figure);
    const root = explanation?.nodes[0];
    found.figures += 1;
    if (!explanation || !root || root.shown !== expected.get(figure))
      found.mismatches.push(
        `${project} ${asOf}@${knownAt} ${figure}: ${root?.shown}, shown ${expected.get(figure)}`,
      );
    if (!explanation) continue;
    found.nodes += explanation.nodes.length;
    found.carried += explanation.nodes.filter(({ rule }) => rule === 'carried').length;
    for (const wrong of wronglyExplained(explanation))
      found.mismatches.push(`${project} ${asOf}@${knownAt} ${figure}: ${wrong}`);
  }
}

/** Rules that find more: every kind is on, with lower limits, and another grace. */
const strictRules: AdoptedRules = {
  ...defaultRules,
  version: 2,
  rules: [
    { rule: 'declared-stall', blocks: { works: 'yellow', production: 'red', staffing: 'blue' } },
    { rule: 'silent-stall', blue: { days: 5 }, yellow: { days: 20 }, red: { days: 60 }, graceDays: 3 },
    { rule: 'unreported', blue: { days: 3 }, red: { days: 30 } },
    { rule: 'behind-plan', blue: { points: 1 }, yellow: { points: 5 }, red: { points: 12 } },
    { rule: 'not-started', blue: { months: 1 }, yellow: { months: 2 }, red: { months: 5 } },
    { rule: 'item-overdue', yellow: { days: 3 }, red: { days: 12 } },
    { rule: 'stage-late', yellow: { days: 3 }, red: { days: 12 } },
    { rule: 'forecast-slip', blue: { days: 1 }, red: { days: 45 } },
    { rule: 'money-gap', blue: { points: 1 }, yellow: { points: 7 }, red: { points: 25 }, marginPoints: 5 },
    { rule: 'not-registered', yellow: { days: 10 }, red: { days: 50 } },
    { rule: 'due-soon', blue: { days: 90 }, yellow: { days: 30 }, red: { days: 7 } },
  ],
};

/** The light and the alerts of a project, as the rules set them; of several of one name the first. */
function lightsOf(state: ProjectState, rules: AdoptedRules, asOf: Day): Map<string, number> {
  const lights = new Map<string, number>();
  const severity = (one: Severity | null) => (one === null ? 0 : severities.indexOf(one) + 1);
  lights.set('light', severity(alertsAt(state, rules, asOf).light));
  for (const { rule, subject, severity: due } of dueAlerts(state, rules, asOf).watched) {
    const about = subject.kind === 'project' ? 'project' : `${subject.kind}/${subject.id}`;
    const name = `alert:${rule}/${about}`;
    if (!lights.has(name)) lights.set(name, severity(due));
  }
  return lights;
}

/** What was invested in the year, as the rows of a district have it. */
function annualOf(state: ProjectState, asOf: Day): [string, number][] {
  const money = new Money();
  for (const fact of upTo(state.investment.facts, asOf)) money.take(fact);
  const invested = annualFigureOf(money, yearOf(asOf))?.done?.investedMinor;
  return invested === undefined ? [] : [['annual-invested', invested]];
}

/** Slips, overdue items, baselines and stalls, in days, and how many stalls are open. */
function timesOf({ schedule, stalls }: ProjectFigures, state: ProjectState, asOf: Day): Map<string, number> {
  const times = new Map<string, number>();
  const given = new Forecasts();
  for (const fact of upTo(state.schedule.facts, asOf)) if (fact.type === 'ForecastGiven') given.say(fact);
  const { work } = planTableOf(planInForce(state.schedule.facts, asOf));
  for (const { forecast, days } of given.slips(work)) {
    const { target, what } = forecast.data;
    if (days) times.set(`slip:${target}${what === 'start' ? ':start' : ''}`, days.leastDays);
  }
  for (const { entry, slip } of schedule.forecasts)
    if (slip && slip.leastDays !== null) times.set(`moved:${entry}`, slip.leastDays);
  for (const { item, days } of schedule.overdue) times.set(`overdue:${item}`, days);
  for (const { version, slips } of schedule.baselines ?? [])
    for (const { target, plannedSlipDays, forecastSlipDays } of slips) {
      if (plannedSlipDays !== null) times.set(`baseline:${version}:${target}`, plannedSlipDays);
      if (forecastSlipDays !== null) times.set(`baseline-forecast:${version}:${target}`, forecastSlipDays);
    }
  for (const [blocked, count] of Object.entries(stalls.open)) times.set(`stalled:${blocked}`, count);
  for (const { stall, from, to, clearedOn } of stalls.episodes) {
    const over = clearedOn ?? addDays(to !== undefined && to < asOf ? to : asOf, 1);
    times.set(`stall:${stall}`, clearedOn === undefined && from > asOf ? 0 : daysBetween(from, over));
  }
  return times;
}

/** Every figure of a project that has an explanation, by its name, as `GET /projects/{id}` gives it. */
function figuresOf({ completion, investment, schedule }: ProjectFigures): Map<string, number> {
  const figures = new Map<string, number | null | undefined>();
  const ofWorks = (
    about: string,
    of: Pick<typeof completion, 'floorBasisPoints' | 'percentBasisPoints' | 'ceilingBasisPoints'>,
  ) => {
    figures.set(`percent${about}`, of.percentBasisPoints);
    figures.set(`floor${about}`, of.floorBasisPoints);
    figures.set(`ceiling${about}`, of.ceilingBasisPoints);
  };
  ofWorks('', completion);
  for (const item of completion.items) if (item.isPlanned) ofWorks(`:${item.item}`, item);
  const { annualPlan } = investment;
  figures.set('invested', investment.sinceStartMinor);
  figures.set('planned-investment', investment.plannedMinor);
  figures.set('implied-investment', investment.plannedImpliedMinor);
  figures.set('share-of-plan', investment.shareOfPlanBasisPoints);
  figures.set('annual-plan', annualPlan?.plannedMinor);
  figures.set('annual-share', annualPlan?.shareBasisPoints);
  figures.set('annual-ahead', annualPlan?.aheadBasisPoints);
  if (annualPlan?.aheadBasisPoints != null) figures.set('elapsed', annualPlan.elapsedBasisPoints);
  for (const { month, targetMinor, investedMinor, targetSoFarMinor } of annualPlan?.targets ?? []) {
    figures.set(`month-target:${month}`, targetMinor);
    figures.set(`target-so-far:${month}`, targetSoFarMinor);
    figures.set(`month-invested:${month}`, investedMinor);
  }
  const { earnedValue } = schedule;
  figures.set('budget', earnedValue?.budgetMinor);
  figures.set('planned-value', earnedValue?.plannedValueMinor);
  figures.set('earned-value', earnedValue?.earnedValueMinor);
  figures.set('actual-cost', earnedValue?.actualCostMinor);
  figures.set('spi', earnedValue?.spiBasisPoints);
  figures.set('cpi', earnedValue?.cpiBasisPoints);
  for (const {
    entry,
    amountMinor,
    shareOfPlanBasisPoints,
    shareOfAnnualPlanBasisPoints,
  } of investment.figures)
    figures.set(`money:${entry}`, amountMinor ?? shareOfPlanBasisPoints ?? shareOfAnnualPlanBasisPoints);
  figures.set('planned', schedule.plannedBasisPoints);
  figures.set('dated-percent', schedule.datedPercentBasisPoints);
  figures.set('ahead', schedule.aheadBasisPoints);
  for (const { target, what, slipDays } of schedule.slips)
    figures.set(`slip:${target}${what === 'start' ? ':start' : ''}`, slipDays);
  return new Map([...figures].filter((figure): figure is [string, number] => figure[1] != null));
}
