import { setTimeout as sleep } from 'node:timers/promises';
import { exitCodes } from '../../composition/exit-codes.js';
import type { LineResult } from '../../http/routes/import-lines.js';
import type { Chunk } from './chunks.js';
import type { Client } from './client.js';
import { failure } from './failure.js';

type Refused = Extract<LineResult, { problem: unknown }>;

/**
 * Sends the lines of a chunk; the results are in the order of the lines and numbered as in the file.
 *
 * Lines that the service cannot accept now (503) are sent again with the delays of a single entry, together with the
 * refused ones behind them, which may depend on them. After the last delay their results are still 503.
 *
 * @param waits milliseconds between attempts without progress
 */
export async function sentLines(
  client: Client,
  { body, lines }: Pick<Chunk, 'body' | 'lines'>,
  waits: readonly number[],
): Promise<LineResult[]> {
  const texts = textsIn(body);
  const results = await resultsOf(client, body, lines);
  for (let attempt = 0; ; ) {
    const first = results.findIndex(isForLater);
    const wait = waits[attempt];
    if (first < 0 || wait === undefined) return results;
    await sleep(wait);
    const open = results.flatMap((result, index) => (index >= first && 'problem' in result ? [index] : []));
    const text = Buffer.concat(open.map((index) => texts[index] as Buffer));
    const numbers = open.map((index) => lines[index] as number);
    const again = await resultsOf(client, text, numbers);
    for (const [at, index] of open.entries()) results[index] = again[at] as LineResult;
    attempt = again.every((result) => 'problem' in result) ? attempt + 1 : 0;
  }
}

/** True for a line without a fault: the service could not accept it at that time. */
export function isForLater(result: LineResult): result is Refused {
  return 'problem' in result && result.status === 503;
}

/** The bytes of each line including its end. */
function textsIn(body: Buffer): Buffer[] {
  const texts: Buffer[] = [];
  for (let start = 0; start < body.length; ) {
    const end = body.indexOf('\n', start) + 1 || body.length;
    texts.push(body.subarray(start, end));
    start = end;
  }
  return texts;
}

async function resultsOf(client: Client, body: Buffer, lines: readonly number[]): Promise<LineResult[]> {
  const answer = await client.post<LineResult[]>('entries', { body, type: 'application/x-ndjson' });
  if (answer.body.length !== lines.length) {
    const detail = {
      en: `${lines.length} lines were sent and ${answer.body.length} answered; expected one answer a line.`,
      zh: `发送了 ${lines.length} 行，回答了 ${answer.body.length} 行；应为每行一个回答。`,
    };
    throw failure(exitCodes.tryLater, { en: 'The answer is incomplete', zh: '回答不完整' }, detail);
  }
  return answer.body.map((result, index) => ({ ...result, line: lines[index] ?? result.line }));
}
