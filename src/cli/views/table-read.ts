import type { TableOutcome } from '../../../domain/table/rows-together.js';
import { dayWords } from '../../../domain/values/day-words.js';
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
        return [heading, either(language, '? nobody has said so; left out', '？尚未说明，不导入')];
      if (meaning.use === 'project') return [heading, either(language, 'the project', '项目')];
      if (meaning.use === 'nothing') return [heading, either(language, 'nothing', '不导入')];
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
    `${dayWords(asOf).en}: ${rows.length} rows, ${entries} entries understood, ${doubts} cells not understood. Nothing was recorded; --record does.`,
    `${dayWords(asOf).zh}：共 ${rows.length} 行，读出 ${entries} 条记录，${doubts} 处未能识别。尚未记录；加 --record 即记录。`,
  );
}

/** The projects that were refused when they were recorded. */
export function refusedTable(rows: Rows, { refusals }: TableOutcome, language: Language): string {
  const said = new Map(rows.map((row) => [row.line, row.said]));
  const heads = [
    either(language, 'line', '行'),
    either(language, 'project', '项目'),
    either(language, 'refused; nothing of this project is recorded', '退回原因（该项目未记录任何内容）'),
  ];
  return table(
    heads.map((head) => ({ head })),
    refusals.map(({ row, project, detail }) => [String(row), said.get(row) ?? project, detail]),
  );
}

/** How many entries were recorded. */
export function recordedSentence({ recorded, there, refused }: TableOutcome, language: Language): string {
  return either(
    language,
    `${recorded} recorded, ${there} already there, ${refused} refused.`,
    `已记录 ${recorded} 条，此前已有 ${there} 条，退回 ${refused} 条。`,
  );
}
