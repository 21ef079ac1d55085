import { readFileSync, writeFileSync } from 'node:fs';
import { type Command, Option } from 'commander';
import { textOf } from '../../../domain/table/cells.js';
import { exitCodes } from '../../composition/exit-codes.js';
import type { LineResult } from '../../http/routes/import-lines.js';
import type { TableRead } from '../client/answers.js';
import type { Client } from '../client/client.js';
import { failure, invalid, usage } from '../client/failure.js';
import { sentLines } from '../client/sent-lines.js';
import { jsonOf, naming, unreadable } from '../input/files.js';
import { type AskOptions, askingOptions, clientOf } from '../input/options.js';
import type { Terminal } from '../terminal.js';
import {
  columnTable,
  doubtTable,
  readSentence,
  recordedSentence,
  refusedTable,
} from '../views/table-read.js';

interface TableOptions extends AskOptions {
  by?: string;
  asOf?: string;
  document?: string;
  mapping?: string;
  writeMapping?: string;
  rows?: string;
  record?: true;
  leaveOut?: true;
}

const fileExpected = { en: 'a table as CSV or as text with tabs', zh: 'CSV 表格或以制表符分隔的文本' };

/** `topout table`: the monthly table of a county, a row a project, read and recorded. */
export function tableCommand(program: Command, terminal: Terminal): void {
  askingOptions(program.command('table <file>').summary('read a table of reports, a row a project'), terminal)
    .description(
      'Reads a table of reports, a row a project and a column a fact: CSV or text with tabs, in UTF-8 or GB 18030.\n' +
        'Without --record nothing is stored: it shows what each column is taken for, and row by row what was not understood.',
    )
    .option('--record', 'record the rows; refused while one of them was not wholly understood')
    .option('--leave-out', 'with --record: leave out what was not understood')
    .option('--rows <lines>', 'only these lines of the table, such as 6,8-12')
    .option('--as-of <day>', 'the day or the ended month of the table (default: the month in its title)')
    .option(
      '--document <name>',
      'the document that entries name as their source (default: the name of the file)',
    )
    .option('--mapping <file>', 'what the columns mean, as --write-mapping wrote it and as you changed it')
    .option(
      '--write-mapping <file>',
      'write what the columns were taken for, for the table of the next month',
    )
    .addOption(new Option('--by <name>', 'who says so').env('TOPOUT_BY'))
    .action(async (file: string, options: TableOptions) => {
      if (options.leaveOut && !options.record)
        throw usage({
          en: '--leave-out says nothing without --record.',
          zh: '--leave-out 只能与 --record 同用。',
        });
      const client = clientOf(options);
      const read = await readBy(client, file, options);
      const { lang } = options;
      if (options.writeMapping)
        writeFileSync(options.writeMapping, `${JSON.stringify({ columns: read.columns }, null, 2)}\n`);
      const chosen = chosenOf(read, options.rows);
      const doubts = chosen.some(({ unclear }) => unclear.length > 0);
      if (options.json && !options.record) return terminal.out(JSON.stringify({ ...read, rows: chosen }));
      if (!options.json) {
        if (!options.record) terminal.out(columnTable(read.columns, lang));
        if (doubts) terminal.out(doubtTable(chosen, lang));
      }
      if (!options.record) return terminal.out(readSentence(read.asOf, chosen, lang));
      if (doubts && !options.leaveOut)
        throw failure(
          exitCodes.refused,
          { en: 'Rows were not wholly understood', zh: '有的行未能全部识别' },
          {
            en: 'Nothing was recorded; mend the table or the mapping, choose other --rows, or give --leave-out.',
            zh: '未记录任何内容；请修改表格或各列含义，用 --rows 选择其他行，或用 --leave-out 略去未识别的内容。',
          },
        );
      const results = await record(client, chosen);
      if (options.json) for (const result of results) terminal.out(JSON.stringify(result));
      else {
        const refused = refusedTable(chosen, results, lang);
        if (refused !== undefined) terminal.out(refused);
        terminal.out(recordedSentence(results, lang));
      }
      if (results.some((result) => 'problem' in result))
        throw failure(
          exitCodes.refused,
          { en: 'Entries were refused', zh: '有记录被退回' },
          {
            en: 'Mend them and give the same command again: what is recorded stays as it is.',
            zh: '请更正后再次执行同一命令：已记录的内容不变。',
          },
        );
    });
}

async function readBy(client: Client, file: string, options: TableOptions): Promise<TableRead> {
  const mapping =
    options.mapping === undefined
      ? {}
      : jsonOf(options.mapping, { en: 'a mapping of columns', zh: '各列含义（JSON）' });
  const { columns } = mapping as { columns?: unknown };
  const body = {
    text: tableIn(file),
    document: options.document ?? file.replace(/^.*[/\\]/, ''),
    asOf: options.asOf,
    columns,
  };
  const sending = { body: JSON.stringify(body), type: 'application/json' as const };
  return (await naming(file, client.post<TableRead>('tables/reading', sending))).body;
}

function tableIn(file: string): string {
  try {
    const bytes = readFileSync(file === '-' ? 0 : file);
    return textOf(new Uint8Array(bytes).buffer);
  } catch (error) {
    throw unreadable(file, error, fileExpected);
  }
}

function chosenOf({ rows }: TableRead, lines: string | undefined): TableRead['rows'] {
  if (lines === undefined) return rows;
  const parts = lines.split(',').map((part) => /^\s*(\d{1,7})(?:\s*-\s*(\d{1,7}))?\s*$/.exec(part));
  const ranges = parts.map((part) => {
    if (!part)
      throw invalid('--rows', lines, {
        en: 'lines of the table such as 6,8-12',
        zh: '表格的行号，如 6,8-12',
      });
    return [Number(part[1]), Number(part[2] ?? part[1])] as const;
  });
  return rows.filter(({ line }) => ranges.some(([from, to]) => line >= from && line <= to));
}

/** Sends all entries of the rows; the line of a result is that of its row. */
async function record(client: Client, rows: TableRead['rows']): Promise<LineResult[]> {
  const lines = rows.flatMap(({ line, entries }) => entries.map((entry) => ({ line, entry })));
  const results: LineResult[] = [];
  for (let at = 0; at < lines.length; at += 500) {
    const some = lines.slice(at, at + 500);
    const body = Buffer.from(some.map(({ entry }) => `${JSON.stringify(entry)}\n`).join(''));
    results.push(...(await sentLines(client, { body, lines: some.map(({ line }) => line) }, client.waits)));
  }
  return results;
}
