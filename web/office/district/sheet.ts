import { stageWords } from '../../../domain/project/facts/stage-entered.js';
import { minorDigits } from '../../../domain/values/amounts/money.js';
import { textByLanguage } from '../../../domain/values/by-language.js';
import { markedDay, marksIn } from '../../../domain/values/day-marks.js';
import { nameWords } from '../../../domain/values/words.js';
import { severityWords } from '../../../projections/alerts/happening-words.js';
import type { ProjectRow } from '../../../projections/project/project.js';
import { stallWords } from '../../../projections/stalls/stall-words.js';
import type { Language } from '../../shared/language.js';
import type { Cell } from '../use/sheet-files.js';
import type { SayDistrict } from './row-words.js';

/** The rows as a table of plain values, header first: percent as 49.86, money in major units, days as stored. */
export function districtSheet(rows: readonly ProjectRow[], say: SayDistrict, language: Language): Cell[][] {
  const heads = [
    say('id'),
    say('name'),
    say('district'),
    say('sector'),
    say('owner'),
    say('stage'),
    `${say('percent')} %`,
    `${say('floor')} %`,
    `${say('ceiling')} %`,
    say('money'),
    say('currency'),
    say('basis'),
    `${say('share')} %`,
    say('annualPlanned'),
    say('currency'),
    `${say('annualShare')} %`,
    say('annualBasis'),
    say('light'),
    say('stalled'),
    say('cause'),
    say('report'),
    say('dayIs'),
  ];
  return [heads, ...rows.map((row) => valuesOf(row, say, language))];
}

function valuesOf(row: ProjectRow, say: SayDistrict, language: Language): Cell[] {
  const { completion, investment, annualPlan, stalls } = row;
  const points = (basisPoints: number | null | undefined) =>
    basisPoints === null || basisPoints === undefined ? null : basisPoints / 100;
  const percent = (basisPoints: number) => (row.hasPlan ? points(basisPoints) : null);
  return [
    row.project,
    nameWords(row.name, row.project)[language],
    ...[row.district, row.sector, row.owner].map((text) => (text ? textByLanguage(text, language) : null)),
    row.stage && stageWords[row.stage][language],
    percent(completion.percentBasisPoints),
    percent(completion.floorBasisPoints),
    percent(completion.ceilingBasisPoints),
    investment && investment.sinceStartMinor / 10 ** minorDigits(investment.currency),
    investment?.currency ?? null,
    investment && say(investment.basis),
    points(investment?.shareOfPlanBasisPoints),
    annualPlan && annualPlan.plannedMinor / 10 ** minorDigits(annualPlan.currency),
    annualPlan?.currency ?? null,
    points(annualPlan?.done?.shareBasisPoints),
    annualPlan?.done ? say(annualPlan.done.basis) : null,
    row.light && severityWords[row.light][language],
    stalls.map(({ from, fromExactness }) => markedDay(from, fromExactness, language)).join('; ') || null,
    stalls.map((stall) => stallWords(stall)[language]).join('; ') || null,
    row.lastReportOn,
    marksIn(row.lastReportOnExactness, language),
  ];
}
