import { markedDay } from '../../../../domain/values/day-marks.js';
import { inRow, listed } from '../../../../domain/values/punctuation.js';
import type { Row } from '../../client/answers.js';
import type { Language } from '../../terminal.js';
import { money, percent } from '../figures.js';
import { table } from '../table.js';
import { columns, either, stallText, term } from '../words.js';

/** Projects, one line each. */
export function projectList(rows: readonly Row[], language: Language): string {
  if (rows.length === 0) return either(language, 'No projects.', '没有项目。');
  const figures = ['percent', 'stated', 'atMost', 'invested'] as const;
  return table(
    columns(['project', 'name', 'stage', ...figures, 'lastReport', 'stalls'], language, figures),
    rows.map((row) => [row.project, row.name, stageOf(row, language), ...figuresOf(row, language)]),
  );
}

function stageOf({ stage, isSuspended }: Row, language: Language): string {
  const words = stage === null ? [] : [term(stage, language)];
  return listed([...words, ...(isSuspended ? [term('suspended', language)] : [])], language) || '-';
}

function figuresOf(row: Row, language: Language): string[] {
  const { percentBasisPoints, floorBasisPoints, ceilingBasisPoints } = row.completion;
  const figures = [percentBasisPoints, floorBasisPoints, ceilingBasisPoints].map((points) =>
    row.hasPlan ? percent(points, language) : '-',
  );
  const invested = row.investment
    ? money(row.investment.sinceStartMinor, row.investment.currency, language)
    : '-';
  return [
    ...figures,
    invested,
    row.lastReportOn ? markedDay(row.lastReportOn, row.lastReportOnExactness, language) : '-',
    inRow(
      row.stalls.map((stall) => stallText(stall, language)),
      language,
    ),
  ];
}
