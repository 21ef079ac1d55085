import { lightRank } from '../../../domain/governance/rules.js';
import type { Day } from '../../../domain/values/days/calendar.js';
import { uuidBytes } from '../../../domain/values/uuid.js';
import type { ProjectRow } from '../../../projections/project/project.js';
import type { RowStep } from '../../../projections/rows/row-step.js';
import type { RowTable } from './table/row-table.js';
import { never, type TableRow } from './table/table-row.js';
import type { RowTerms } from './table/terms.js';

/** A day as an integer in calendar order: 20180710 for 2018-07-10. */
export const numberOfDay = (day: Day): number =>
  Number(day.slice(0, 4)) * 10_000 + Number(day.slice(5, 7)) * 100 + Number(day.slice(8));

/**
 * Inserts what is known of a project from a position on: its steps from a day on.
 *
 * If earlier steps start after that day, the new ones repeat what applies then.
 *
 * @returns the rank of the first changed record
 */
export function putSteps(
  table: RowTable,
  project: number,
  steps: readonly RowStep[],
  at: { position: number; terms: RowTerms },
): number {
  const lines = rowsOf(steps, at.position, at.terms);
  const [first] = lines;
  if (!first) return table.countOf(project);
  // In order, because a record equal to its predecessor is omitted.
  const all: TableRow[] = [];
  let next = 0;
  const goOn = (until: number) => {
    for (let line = lines[next]; line && line.day <= until; line = lines[next]) {
      all.push(line);
      next += 1;
    }
  };
  for (const day of table.daysAfter(project, first.day)) {
    goOn(day);
    const last = all.at(-1);
    if (last && last.day !== day) all.push({ ...last, day });
  }
  goOn(Infinity);
  return table.putAll(project, all);
}

/** The row of the first of some steps. */
export function firstRowOf(
  steps: readonly RowStep[],
  position: number,
  terms: RowTerms,
): TableRow | undefined {
  return rowsOf(steps, position, terms)[0];
}

/** One row for steps between which only the light changes. */
function rowsOf(steps: readonly RowStep[], position: number, terms: RowTerms): TableRow[] {
  const lines: TableRow[] = [];
  let lastLight = 0;
  for (const { from, row } of steps) {
    const day = numberOfDay(from);
    const light = lightRank(row?.light ?? null);
    const line = row ? rowOf(row, { day, position, light, terms }) : nothing(day, position);
    const last = lines.at(-1);
    if (last && light >= lastLight && showsTheSame(last, line))
      last.lightFrom = lightFrom(last.lightFrom, light, day);
    else lines.push(line);
    lastLight = light;
  }
  return lines;
}

/** True if two rows differ only in day and light. */
function showsTheSame(a: TableRow, b: TableRow): boolean {
  return (
    a.exists === b.exists &&
    a.hasPlan === b.hasPlan &&
    a.place === b.place &&
    a.stage === b.stage &&
    a.money === b.money &&
    a.amount === b.amount &&
    a.annual === b.annual &&
    a.floor === b.floor &&
    a.percent === b.percent &&
    a.ceiling === b.ceiling &&
    a.contradictions === b.contradictions &&
    a.stalled.every((isStalled, which) => isStalled === b.stalled[which]) &&
    Buffer.compare(a.entry, b.entry) === 0
  );
}

function rowOf(
  row: ProjectRow,
  { day, position, light, terms }: { day: number; position: number; light: number; terms: RowTerms },
): TableRow {
  const { district = null, sector = null, owner = null, phase = null, stage, investment } = row;
  const { floorBasisPoints, percentBasisPoints, ceilingBasisPoints } = row.completion;
  const blocks = new Set(row.stalls.flatMap((stall) => stall.blocks));
  return {
    ...nothing(day, position),
    exists: true,
    hasPlan: row.hasPlan,
    stalled: [blocks.has('works'), blocks.has('production'), blocks.has('staffing')],
    place: terms.places.numberOf({ district, sector, owner, phase }),
    stage: stage === null ? 0 : terms.stages.numberOf(stage),
    ...(investment
      ? {
          money: terms.money.numberOf({ basis: investment.basis, currency: investment.currency }),
          amount: investment.sinceStartMinor,
          entry: uuidBytes(investment.entry),
        }
      : {}),
    annual: row.annualPlan ? annualNumberOf(row.annualPlan, terms) : 0,
    floor: floorBasisPoints,
    percent: percentBasisPoints,
    ceiling: ceilingBasisPoints,
    contradictions: row.openContradictions,
    lightFrom: lightFrom([never, never, never], light, day),
  };
}

function annualNumberOf({ done, ...plan }: NonNullable<ProjectRow['annualPlan']>, terms: RowTerms): number {
  const { year, currency, plannedMinor } = plan;
  return terms.annual.numberOf({
    kind: terms.annualKinds.numberOf({ year, currency, basis: done?.basis ?? null }),
    planned: plannedMinor,
    invested: done?.investedMinor ?? 0,
    low: done?.lowMinor ?? 0,
    high: done?.highMinor ?? 0,
    elapsed: done?.elapsedBasisPoints ?? 0,
    isFromShare: done?.isFromShare ?? false,
    entry: done ? uuidBytes(done.entry) : noEntry,
  });
}

const noEntry = new Uint8Array(16);

function nothing(day: number, position: number): TableRow {
  return {
    day,
    position,
    exists: false,
    hasPlan: false,
    stalled: [false, false, false],
    place: 0,
    stage: 0,
    money: 0,
    amount: 0,
    annual: 0,
    entry: noEntry,
    floor: 0,
    percent: 0,
    ceiling: 0,
    contradictions: 0,
    lightFrom: [never, never, never],
  };
}

/** The light has at least this severity from a day on. */
function lightFrom(before: TableRow['lightFrom'], light: number, day: number): TableRow['lightFrom'] {
  const [blue, yellow, red] = before;
  return [
    light >= 1 ? Math.min(blue, day) : blue,
    light >= 2 ? Math.min(yellow, day) : yellow,
    light >= 3 ? Math.min(red, day) : red,
  ];
}
