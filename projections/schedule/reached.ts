import type { Stage, WorkItem } from '../../domain/project/events.js';
import { type ForecastGiven, isOfProject, type Target } from '../../domain/project/facts/forecast-given.js';
import { itemOf } from '../../domain/project/facts/members.js';
import { isBegun, isOpening } from '../../domain/project/stages.js';
import { wholeBasisPoints } from '../../domain/values/basis-points.js';
import type { Day } from '../../domain/values/calendar.js';
import { shippedLexicon } from '../../domain/values/lexicon.js';
import type { CompletionView } from '../completion/completion.js';
import type { Fact } from '../facts/facts.js';
import { levelOf } from '../progress/statement.js';

/** The stages that reach a target of the whole project. */
export const reaching: Readonly<Record<Target, (stage: Stage) => boolean>> = {
  start: isBegun,
  completion: (stage) => stage === 'built' || stage === 'accepted',
  production: (stage) => stage === 'in-production',
  opening: isOpening,
};

type Report = Fact<'MilestoneReached' | 'ProgressMeasured'>;

/**
 * The day on which what a forecast is about was reached: of the project, the first day of its stage, or for its start of
 * a report of progress; of an item, the day from which it was reported so.
 *
 * @param facts up to the day shown, in the order (asOf, place)
 */
export function reachedOn(
  { target, what }: Pick<ForecastGiven, 'target' | 'what'>,
  facts: readonly Fact[],
  items: ReadonlyMap<string, WorkItem>,
  completion: CompletionView,
): Day | undefined {
  const ofItem = (item: string, of?: ForecastGiven['what']) =>
    itemReachedOn(item, of, facts, items, completion);
  if (!isOfProject(target, items.has(target))) return ofItem(target, what);
  const stage = facts.find((fact) => fact.type === 'StageEntered' && reaching[target](fact.data.stage));
  const isBegunBy = (fact: Fact) => isReport(fact) && levelIn(fact, items) > 0;
  const begun = target === 'start' ? facts.find(isBegunBy) : undefined;
  const days = [stage?.asOf, begun?.asOf].filter((day) => day !== undefined).sort();
  return days[0] ?? stagedOn(target, ofItem, items);
}

function itemReachedOn(
  target: string,
  what: ForecastGiven['what'],
  facts: readonly Fact[],
  items: ReadonlyMap<string, WorkItem>,
  completion: CompletionView,
): Day | undefined {
  const shown = completion.items.find(({ item }) => item === target);
  const percent = shown?.percentBasisPoints ?? 0;
  if (what === 'start' ? percent === 0 : percent !== wholeBasisPoints) return undefined;
  const own = facts
    .filter(isReport)
    .filter(({ data }) => itemOf(data) === target && data.step === undefined)
    .map((report) => ({ day: report.asOf, level: levelIn(report, items) }));
  if (what === 'start') {
    const first = own.find(({ level }) => level > 0);
    return first?.day ?? evidenceOf(shown?.entries ?? [], facts)[0];
  }
  const from = own.findLastIndex(({ level }) => level < wholeBasisPoints);
  return own[from + 1]?.day ?? evidenceOf(shown?.entries ?? [], facts).at(-1);
}

/** The day on which the last of the items that carry a stage of production or opening was done, if all are. */
function stagedOn(
  target: Target,
  doneOn: (item: string) => Day | undefined,
  items: ReadonlyMap<string, WorkItem>,
): Day | undefined {
  const staged = [...items.values()].filter(({ stage }) => stage !== undefined && reaching[target](stage));
  const isOfStages = target === 'production' || target === 'opening';
  const days = isOfStages ? staged.map(({ id }) => doneOn(id)) : [];
  return days.includes(undefined) ? undefined : days.sort().at(-1);
}

function levelIn(report: Report, items: ReadonlyMap<string, WorkItem>): number {
  if (report.type === 'MilestoneReached') return wholeBasisPoints;
  return levelOf(report.data.measure, items.get(itemOf(report.data)), shippedLexicon);
}

/** The days of entries, the first one first. */
function evidenceOf(entries: readonly string[], facts: readonly Fact[]): Day[] {
  const named = new Set(entries);
  return facts.filter(({ id, type }) => named.has(id) && type !== 'PlanAdopted').map(({ asOf }) => asOf);
}

function isReport(fact: Fact): fact is Report {
  return fact.type === 'MilestoneReached' || fact.type === 'ProgressMeasured';
}
