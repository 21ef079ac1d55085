import { createReadStream, readFileSync, statSync } from 'node:fs';
import { Readable } from 'node:stream';
import { type Command, Option } from 'commander';
import type { FactTable } from '../../../domain/project/facts/fact.js';
import { cellsOf, textOf } from '../../../domain/table/cells.js';
import { factLines } from '../../../domain/table/fact-lines.js';
import { tableFacts } from '../../../domain/table/table-facts.js';
import { type Text, textIn } from '../../../domain/values/words.js';
import { exitCodes } from '../../composition/exit-codes.js';
import type { LineResult } from '../../http/routes/import-lines.js';
import { type Chunk, chunksOf, maxBytes, type Oversized } from '../client/chunks.js';
import type { Client } from '../client/client.js';
import { Failure, failure, inOtherWords } from '../client/failure.js';
import { isForLater, sentLines } from '../client/sent-lines.js';
import { unreadable } from '../input/files.js';
import { type AskOptions, askingOptions, clientOf } from '../input/options.js';
import type { Language, Terminal } from '../terminal.js';
import { startProgress } from '../views/progress.js';
import { RefusedLines } from '../views/refused-lines.js';
import { plain } from '../views/table.js';
import { either } from '../views/words.js';

const expected = { en: 'a file of NDJSON, or - for standard input', zh: 'NDJSON 文件，或 - 表示标准输入' };

interface ImportOptions extends AskOptions {
  by?: string;
}

/** The number of lines by result. */
interface Counts {
  recorded: number;
  alreadyThere: number;
  refused: number;
  /** Recorded ones for a day that has not begun at the project. */
  notBegun: number;
}

/** `topout import`: facts of a file of NDJSON, each line with its project. */
export function importCommand(program: Command, terminal: Terminal, facts: FactTable): void {
  askingOptions(program.command('import <file>').summary('log many facts from a file'), terminal)
    .description(
      'Logs the facts of a file, one JSON object a line with its project, or a row a fact of a .csv; - reads standard input.\n' +
        'Running it again doubles nothing: an import that was cut short is finished by giving the same command again.',
    )
    .addOption(new Option('--by <name>', 'who says so').env('TOPOUT_BY'))
    .addHelpText(
      'after',
      '\nA line is an entry as POST /entries takes it:\n  {"project":"huaao-2","type":"MilestoneReached","item":"fit-out","asOf":"2018-07-05"}\n\nRefused lines are shown with their number, equal refusals once; the others are recorded all the same.\nWhile the store cannot take lines the import waits as log does; then it ends, and the same command goes on.',
    )
    .action(async (file: string, options: ImportOptions) => {
      const client = clientOf(options);
      const { source, bytes } = opened(file, facts);
      const counts: Counts = { recorded: 0, alreadyThere: 0, refused: 0, notBegun: 0 };
      const refused = new RefusedLines();
      const progress = startProgress(terminal, { en: 'Importing', zh: '导入' }, { en: 'lines', zh: '行' });
      try {
        for await (const part of chunksOf(source)) {
          const results = await sent(client, part);
          if (options.json) {
            progress.stop();
            for (const result of results) terminal.out(JSON.stringify(result));
          }
          const later = results.find(isForLater);
          for (const result of results) {
            // A refusal behind a waiting line may only mean that this line is missing.
            if (later && result.line >= later.line && 'problem' in result) continue;
            count(result, counts, refused);
          }
          if (later) throw storeIsAway(later.line, later.problem.detail);
          if ('bytesRead' in part)
            progress.show(total(counts), bytes && (total(counts) * bytes) / part.bytesRead);
        }
      } catch (error) {
        throw cutShort(error, counts, file);
      } finally {
        progress.stop();
        if (!options.json) for (const sentence of refused.words(options.lang)) terminal.err(sentence);
      }
      if (!options.json) terminal.out(countText(counts, options.lang));
      if (!options.json && counts.notBegun > 0) terminal.out(notBegunText(counts.notBegun, options.lang));
      if (counts.refused > 0) {
        const detail = {
          en: `${counts.refused} of ${total(counts)} lines were refused; mend them and give the same command again: what is recorded stays as it is.`,
          zh: `${total(counts)} 行中有 ${counts.refused} 行被退回；请更正后再次执行同一命令：已记录的内容不变。`,
        };
        throw failure(exitCodes.refused, { en: 'Lines were refused', zh: '有行被退回' }, detail);
      }
    });
}

function notBegunText(count: number, language: Language): string {
  return either(
    language,
    `Note: ${count} ${count === 1 ? 'entry is' : 'entries are'} for a day that has not begun there; such an entry counts from its day on.`,
    `提示：${count} 条记录所填日期在项目当地尚未开始；自该日起计入。`,
  );
}

function opened(file: string, facts: FactTable): { source: AsyncIterable<Buffer>; bytes?: number } {
  if (file === '-') return { source: process.stdin };
  try {
    if (/\.csv$/i.test(file)) return { source: Readable.from([linesOfCsv(readFileSync(file), facts)]) };
    const { size } = statSync(file);
    return { source: createReadStream(file), bytes: size };
  } catch (error) {
    throw unreadable(file, error, expected);
  }
}

/** The rows as lines of JSON, each at the number of its row; the first row has the members. */
function linesOfCsv(bytes: Uint8Array, facts: FactTable): Buffer {
  const rows = factLines(cellsOf(textOf(new Uint8Array(bytes).buffer)), tableFacts(facts));
  return Buffer.from(`\n${rows.map((row) => (row ? JSON.stringify(row) : '')).join('\n')}\n`);
}

async function sent(client: Client, part: Chunk | Oversized): Promise<LineResult[]> {
  if (!('body' in part)) {
    const detail = `A line of ${part.bytes} bytes; expected at most ${maxBytes}.`;
    return [
      {
        line: part.line,
        status: 413,
        problem: { type: 'about:blank', title: 'Line too long', status: 413, detail },
      },
    ];
  }
  return sentLines(client, part, client.waits);
}

function count(result: LineResult, counts: Counts, refused: RefusedLines): void {
  if ('problem' in result) {
    counts.refused++;
    refused.add(result.line, result.problem);
    return;
  }
  for (const { outcome, notBegun } of 'entries' in result ? result.entries : [result]) {
    if (notBegun) counts.notBegun++;
    if (outcome === 'recorded') counts.recorded++;
    else counts.alreadyThere++;
  }
}

function countText({ recorded, alreadyThere, refused }: Counts, language: Language): string {
  return either(
    language,
    `${recorded} recorded, ${alreadyThere} already there, ${refused} refused.`,
    `已记录 ${recorded} 行，此前已有 ${alreadyThere} 行，退回 ${refused} 行。`,
  );
}

function total({ recorded, alreadyThere, refused }: Counts): number {
  return recorded + alreadyThere + refused;
}

/** The service no longer waits for its store, and neither does the import. */
function storeIsAway(line: number, detail: Text): Failure {
  const said = {
    en: `Line ${line} could not be recorded now: ${plain(textIn(detail, 'en'))}`,
    zh: `第 ${line} 行现在无法记录：${plain(textIn(detail, 'zh'))}`,
  };
  return failure(exitCodes.tryLater, { en: 'The store is away', zh: '存储不可用' }, said);
}

/** What interrupted an import, with its progress. */
function cutShort(error: unknown, counts: Counts, file: string): unknown {
  if (!(error instanceof Failure))
    return (error as NodeJS.ErrnoException).code ? unreadable(file, error, expected) : error;
  return inOtherWords(error, (said, language) =>
    language === 'zh'
      ? `${said} 此前：${countText(counts, 'zh')} 再次执行同一命令即可继续；不会重复记录。`
      : `${said} Until then: ${countText(counts, 'en')} Give the same command again to go on; nothing is doubled.`,
  );
}
