import type { LineResult } from '../../http/routes/import-lines.js';
import type { TableRead } from '../client/answers.js';
import type { Language } from '../terminal.js';
import { table } from './table.js';
import { either } from './words.js';

type Rows = TableRead['rows'];

/** What each column is taken for. */
export function columnTable(columns: TableRead['columns'], language: Language): string {
  const heads = [either(language, 'column', '列'), either(language, 'is taken for', '含义')];
  return table(
    heads.map((head) => ({ head })),
    columns.map(({ heading, meaning }) => {
      if (!meaning)
        return [heading, either(language, '? nobody has said so; left out', '？尚未说明，不采用')];
      if (meaning.use === 'project') return [heading, either(language, 'the project', '项目')];
      if (meaning.use === 'nothing') return [heading, either(language, 'nothing', '不采用')];
      const fixed = Object.entries(meaning.with ?? {}).map(([name, value]) => `${name}=${value}`);
      const unit = meaning.unit === undefined ? [] : [`(${meaning.unit})`];
      return [heading, [meaning.type, meaning.gives.join('/'), ...fixed, ...unit].join(' ')];
    }),
  );
}

/** What was not understood, row by row. */
export function doubtTable(rows: Rows, language: Language): string {
  const heads = [
    either(language, 'line', '行'),
    either(language, 'project', '项目'),
    either(language, 'column', '列'),
    either(language, 'seen', '所见'),
    either(language, 'expected', '应为'),
  ];
  return table(
    heads.map((head) => ({ head })),
    rows.flatMap(({ line, said, unclear }) =>
      unclear.map(({ heading = '', seen, expected }) => [String(line), said, heading, seen, expected]),
    ),
  );
}

/** How much of a table was understood. */
export function readSentence(asOf: string, rows: Rows, language: Language): string {
  const entries = rows.reduce((sum, row) => sum + row.entries.length, 0);
  const doubts = rows.reduce((sum, row) => sum + row.unclear.length, 0);
  return either(
    language,
    `${asOf}: ${rows.length} rows, ${entries} entries understood, ${doubts} cells not understood. Nothing was recorded; --record does.`,
    `${asOf}：共 ${rows.length} 行，读出 ${entries} 条记录，${doubts} 处未能识别。尚未记录；加 --record 即记录。`,
  );
}

/** Entries that were refused when they were recorded; undefined if none was. */
export function refusedTable(
  rows: Rows,
  results: readonly LineResult[],
  language: Language,
): string | undefined {
  const said = new Map(rows.map((row) => [row.line, row.said]));
  const refused = results.flatMap((result) =>
    'problem' in result ? [[String(result.line), said.get(result.line) ?? '', result.problem.detail]] : [],
  );
  if (refused.length === 0) return undefined;
  const heads = [
    either(language, 'line', '行'),
    either(language, 'project', '项目'),
    either(language, 'refused', '退回原因'),
  ];
  return table(
    heads.map((head) => ({ head })),
    refused,
  );
}

/** How many entries were recorded. */
export function recordedSentence(results: readonly LineResult[], language: Language): string {
  const isNew = (result: LineResult) => 'outcome' in result && result.outcome === 'recorded';
  const refused = results.filter((result) => 'problem' in result).length;
  const recorded = results.filter(isNew).length;
  const there = results.length - refused - recorded;
  return either(
    language,
    `${recorded} recorded, ${there} already there, ${refused} refused.`,
    `已记录 ${recorded} 条，此前已有 ${there} 条，退回 ${refused} 条。`,
  );
}
