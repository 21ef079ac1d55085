import { severities } from '../../../../domain/governance/rules.js';
import { stageWords } from '../../../../domain/project/facts/stage-entered.js';
import { severityWords } from '../../../../projections/alerts/happening-words.js';
import type { ProjectRow } from '../../../../projections/project/project.js';
import { stallWords } from '../../../../projections/stalls/stall-words.js';
import { knownDayWords, moneyShort, percentWords } from '../../../shared/figures.js';
import type { Language } from '../../../shared/language.js';
import type { FilmTotals } from '../../../shared/replay/film.js';
import type { SayAuditor } from '../texts.js';

/** The figures of a project's replay, in display order. */
export const projectFigures = [
  'percent',
  'floor',
  'ceiling',
  'money',
  'stage',
  'light',
  'stands',
  'report',
  'contradictions',
] as const;
export type ProjectFigure = (typeof projectFigures)[number];

/** The figures of a district's replay, in display order. */
export const districtFigures = [
  'percent',
  'floor',
  'ceiling',
  'money',
  'lights',
  'stands',
  'contradictions',
] as const;
export type DistrictFigure = (typeof districtFigures)[number];

/** The figures of a project in words; a dash for unknown ones. */
export function projectWords(
  row: ProjectRow | null,
  say: SayAuditor,
  language: Language,
): Record<ProjectFigure, string> {
  const none = say('nothing');
  const percent = (basisPoints: number | undefined) =>
    row?.hasPlan && basisPoints !== undefined ? percentWords(basisPoints, language) : none;
  const stages = [...(row?.stage ? [row.stage] : []), ...(row?.isSuspended ? (['suspended'] as const) : [])];
  return {
    percent: percent(row?.completion.percentBasisPoints),
    floor: percent(row?.completion.floorBasisPoints),
    ceiling: percent(row?.completion.ceilingBasisPoints),
    money: row?.investment
      ? moneyShort(row.investment.sinceStartMinor, row.investment.currency, language)
      : none,
    stage: stages.map((stage) => stageWords[stage][language]).join(' · ') || none,
    light: row?.light ? severityWords[row.light][language] : none,
    stands:
      row?.stalls
        .map(
          (stall) =>
            `${stallWords(stall)[language]} · ${say('since', { day: knownDayWords(stall.from, stall.fromExactness, language) })}`,
        )
        .join('; ') || none,
    report: row?.lastReportOn ? knownDayWords(row.lastReportOn, row.lastReportOnExactness, language) : none,
    contradictions: row ? String(row.openContradictions) : none,
  };
}

/** The totals of a district in words. */
export function districtWords(
  totals: FilmTotals,
  say: SayAuditor,
  language: Language,
): Record<DistrictFigure, string> {
  const { completion, money, lights, stalled, openContradictions } = totals;
  const percent = (basisPoints: number | null) =>
    basisPoints === null ? say('nothing') : percentWords(basisPoints, language);
  return {
    percent: percent(completion.percentBasisPoints),
    floor: percent(completion.floorBasisPoints),
    ceiling: percent(completion.ceilingBasisPoints),
    money:
      money
        .map(({ sinceStartMinor, currency }) => moneyShort(sinceStartMinor, currency, language))
        .join(' + ') || say('nothing'),
    lights: severities
      .toReversed()
      .map((severity) => `${severityWords[severity][language]} ${lights[severity]}`)
      .join(' · '),
    stands: say('standing', stalled),
    contradictions: String(openContradictions),
  };
}
