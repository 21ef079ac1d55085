import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ofProjects } from '../../domain/log/any-event.js';
import { projectOf, type RecordedEvent } from '../../domain/project/events.js';
import { addDays, type Day, dayNumber, dayOf } from '../../domain/values/calendar.js';
import { explain, explainable } from '../../projections/explanation/explain.js';
import { existsOn, figuresAt, foldProject, type ProjectFigures } from '../../projections/project/project.js';
import { compose } from '../../src/composition/compose.js';
import { readConfig } from '../../src/composition/config.js';
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
    for (const [project, events] of histories) compareProject({ project, events, knownAt, asOf }, found);
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
  }: { project: string; events: readonly RecordedEvent[]; knownAt: number; asOf: Day },
  found: ComparedExplanations,
): void {
  const state = foldProject(events.filter(({ position }) => position <= knownAt));
  if (!existsOn(state, asOf)) return;
  const shown = figuresAt(state, asOf);
  const moment = { state, asOf, lexiconVersion: 2, rulesVersion: 1 };
  const names = explainable(moment);
  const expected = figuresOf(shown);
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
  figures.set('share-of-plan', investment.shareOfPlanBasisPoints);
  figures.set('annual-share', annualPlan?.shareBasisPoints);
  figures.set('annual-ahead', annualPlan?.aheadBasisPoints);
  if (annualPlan?.aheadBasisPoints != null) figures.set('elapsed', annualPlan.elapsedBasisPoints);
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
