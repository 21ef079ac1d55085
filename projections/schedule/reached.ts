import type { Stage, WorkItem } from '../../domain/project/events.js';
import { type ForecastGiven, isOfProject, type Target } from '../../domain/project/facts/forecast-given.js';
import { itemOf } from '../../domain/project/facts/members.js';
import { isBegun, isOpening } from '../../domain/project/stages.js';
import { wholeBasisPoints } from '../../domain/values/amounts/basis-points.js';
import { type Exactness, exactness } from '../../domain/values/day-marks.js';
import type { Day } from '../../domain/values/days/calendar.js';
import { shippedLexicon } from '../../domain/values/lexicon.js';
import type { CompletionView } from '../completion/completion.js';
import { type Fact, type FactList, ofType } from '../facts/facts.js';
import { levelOf } from '../progress/statement.js';

/** The stages that reach a target of the whole project. */
export const reaching: Readonly<Record<Target, (stage: Stage) => boolean>> = {
  start: isBegun,
  completion: (stage) => stage === 'built' || stage === 'accepted',
  production: (stage) => stage === 'in-production',
  opening: isOpening,
};

type Report = Fact<'MilestoneReached' | 'ProgressMeasured'>;

/** The day on which something was reached, and how exactly it is known. */
export interface Reached {
  on: Day;
  exactness: Exactness;
}

/**
 * The day on which what a forecast is about was reached: of the project, the first day of its stage, or for its start of
 * a report of progress; of an item, the day from which it was reported so.
 *
 * @param facts up to the day shown, in the order (asOf, place)
 */
export function reachedOn(
  { target, what }: Pick<ForecastGiven, 'target' | 'what'>,
  facts: FactList,
  items: ReadonlyMap<string, WorkItem>,
  completion: CompletionView,
): Reached | undefined {
  const ofItem = (item: string, of?: ForecastGiven['what']) =>
    itemReachedOn(item, of, facts, items, completion);
  if (!isOfProject(target, items.has(target))) return ofItem(target, what);
  const stage = ofType(facts, 'StageEntered').find(({ data }) => reaching[target](data.stage));
  const isBegunBy = (fact: Fact) => isReport(fact) && levelIn(fact, items) > 0;
  const begun = target === 'start' ? facts.find(isBegunBy) : undefined;
  const [first] = [stage, begun].filter((fact) => fact !== undefined).sort(byDay);
  return first ? reachedBy(first) : stagedOn(target, ofItem, items);
}

function itemReachedOn(
  target: string,
  what: ForecastGiven['what'],
  facts: FactList,
  items: ReadonlyMap<string, WorkItem>,
  completion: CompletionView,
): Reached | undefined {
  const shown = completion.items.find(({ item }) => item === target);
  const percent = shown?.percentBasisPoints ?? 0;
  if (what === 'start' ? percent === 0 : percent !== wholeBasisPoints) return undefined;
  const own = facts
    .filter(isReport)
    .filter(({ data }) => itemOf(data) === target && data.step === undefined)
    .map((report) => ({ report, level: levelIn(report, items) }));
  if (what === 'start') {
    const first = own.find(({ level }) => level > 0)?.report;
    return reachedBy(first ?? evidenceOf(shown?.entries ?? [], facts)[0]);
  }
  const from = own.findLastIndex(({ level }) => level < wholeBasisPoints);
  return reachedBy(own[from + 1]?.report ?? evidenceOf(shown?.entries ?? [], facts).at(-1));
}

/** The day on which the last of the items that carry a stage of production or opening was done, if all are. */
function stagedOn(
  target: Target,
  doneOn: (item: string) => Reached | undefined,
  items: ReadonlyMap<string, WorkItem>,
): Reached | undefined {
  const staged = [...items.values()].filter(({ stage }) => stage !== undefined && reaching[target](stage));
  const isOfStages = target === 'production' || target === 'opening';
  const days = isOfStages ? staged.map(({ id }) => doneOn(id)) : [];
  const known = days.filter((day) => day !== undefined);
  return known.length < days.length ? undefined : known.sort((a, b) => compare(a.on, b.on)).at(-1);
}

function levelIn(report: Report, items: ReadonlyMap<string, WorkItem>): number {
  if (report.type === 'MilestoneReached') return wholeBasisPoints;
  return levelOf(report.data.measure, items.get(itemOf(report.data)), shippedLexicon);
}

/** Some entries, the first one first. */
function evidenceOf(entries: readonly string[], facts: FactList): Fact[] {
  const named = new Set(entries);
  return facts.filter(({ id, type }) => named.has(id) && type !== 'PlanAdopted');
}

function reachedBy(fact: Fact | undefined): Reached | undefined {
  return fact && { on: fact.asOf, exactness: exactness(fact.entry) };
}

function byDay(one: Fact, other: Fact): number {
  return compare(one.asOf, other.asOf);
}

function compare(one: Day, other: Day): number {
  return one === other ? 0 : one < other ? -1 : 1;
}

function isReport(fact: Fact): fact is Report {
  return fact.type === 'MilestoneReached' || fact.type === 'ProgressMeasured';
}
