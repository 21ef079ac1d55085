import { readFileSync, writeFileSync } from 'node:fs';
import { type Command, Option } from 'commander';
import { textOf } from '../../../domain/table/cells.js';
import { mappingText } from '../../../domain/table/mapping-file.js';
import { outcomeOf, type ProjectLine, rowsTogether } from '../../../domain/table/rows-together.js';
import { isWorkbook } from '../../../domain/workbook/workbook.js';
import { exitCodes } from '../../composition/exit-codes.js';
import type { LineResult } from '../../http/routes/import-lines.js';
import type { TableRead } from '../client/answers.js';
import type { Client } from '../client/client.js';
import { failure, invalid, usage } from '../client/failure.js';
import { sentLines } from '../client/sent-lines.js';
import { invalidFile, jsonOf, naming, unreadable } from '../input/files.js';
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
  onBehalfOf?: string;
  mapping?: string;
  sheet?: string;
  writeMapping?: string;
  rows?: string;
  record?: true;
  leaveOut?: true;
}

const fileExpected = {
  en: 'a table as .xlsx, as CSV or as text with tabs',
  zh: '.xlsx、CSV 表格或以制表符分隔的文本',
};

/** `topout table`: the monthly table of a county, a row a project, read and recorded. */
export function tableCommand(program: Command, terminal: Terminal): void {
  askingOptions(program.command('table <file>').summary('read a table of reports, a row a project'), terminal)
    .description(
      'Reads a table of reports, a row a project and a column a fact: .xlsx, CSV or text with tabs, in UTF-8 or GB 18030.\n' +
        'Without --record nothing is stored: it shows what each column is taken for, and row by row what was not understood.',
    )
    .option('--sheet <name>', 'of a workbook: the sheet (default: the first that is not hidden)')
    .option('--record', 'record the rows; refused while one of them was not wholly understood')
    .option('--leave-out', 'with --record: leave out what was not understood')
    .option('--rows <lines>', 'only these lines of the table, such as 6,8-12')
    .option('--as-of <day>', 'the day or the ended month of the table (default: the month in its title)')
    .option(
      '--document <name>',
      'the document that entries name as their source (default: the name of the file)',
    )
    .option('--on-behalf-of <name>', 'for whom the entries are entered, such as the owner who sent the table')
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
      const read = await readBy(client, await tableIn(file, options.sheet, terminal), file, options);
      const { lang } = options;
      if (options.writeMapping) writeFileSync(options.writeMapping, mappingText(read.columns));
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
      const lines = rowsTogether(chosen.map(({ line, entries }) => ({ line, entries })));
      const results = await record(client, lines);
      const outcome = outcomeOf(lines, results);
      if (options.json) for (const result of results) terminal.out(JSON.stringify(result));
      else {
        if (outcome.refused > 0) terminal.out(refusedTable(chosen, outcome, lang));
        terminal.out(recordedSentence(outcome, lang));
      }
      if (outcome.refused > 0)
        throw failure(
          exitCodes.refused,
          { en: 'Projects were refused', zh: '有项目被退回' },
          {
            en: 'Nothing of their rows is recorded. Mend them and give the same command again: what is recorded stays as it is.',
            zh: '这些项目的各行均未记录。请更正后再次执行同一命令：已记录的内容不变。',
          },
        );
    });
}

async function readBy(client: Client, text: string, file: string, options: TableOptions): Promise<TableRead> {
  const mapping =
    options.mapping === undefined
      ? {}
      : jsonOf(options.mapping, { en: 'a mapping of columns', zh: '各列含义（JSON）' });
  const { columns } = mapping as { columns?: unknown };
  const body = {
    text,
    document: options.document ?? file.replace(/^.*[/\\]/, ''),
    asOf: options.asOf,
    onBehalfOf: options.onBehalfOf,
    columns,
  };
  const sending = { body: JSON.stringify(body), type: 'application/json' as const };
  return (await naming(file, client.post<TableRead>('tables/reading', sending))).body;
}

async function tableIn(file: string, sheet: string | undefined, terminal: Terminal): Promise<string> {
  const bytes = new Uint8Array(bytesOf(file));
  if (!isWorkbook(bytes) && sheet === undefined) return textOf(bytes.buffer);
  const read = await terminal.readSheet({ bytes, sheet });
  if ('text' in read) return read.text;
  const { en, zh } = read.refused;
  throw failure(exitCodes.refused, invalidFile, { en: `${file}: ${en}`, zh: `${file}：${zh}` });
}

function bytesOf(file: string): Uint8Array {
  try {
    return readFileSync(file === '-' ? 0 : file);
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

/** Sends each project as one line; a result has the row of its first entry. */
async function record(client: Client, all: readonly ProjectLine<object>[]): Promise<LineResult[]> {
  const results: LineResult[] = [];
  for (let at = 0; at < all.length; at += 100) {
    const some = all.slice(at, at + 100);
    const body = Buffer.from(some.map(({ line }) => `${JSON.stringify(line)}\n`).join(''));
    const lines = some.map(({ rows }) => rows[0] ?? 0);
    results.push(...(await sentLines(client, { body, lines }, client.waits)));
  }
  return results;
}
