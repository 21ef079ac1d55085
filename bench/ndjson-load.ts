import { Agent, request } from 'undici';

/** Sends bodies of lines with a fixed concurrency, and returns lines per second; each line must be recorded. */
export async function sendLines(port: number, bodies: readonly Buffer[], inFlight: number): Promise<number> {
  const dispatcher = new Agent({ connections: inFlight, headersTimeout: 0, bodyTimeout: 0 });
  let next = 0;
  let lines = 0;
  const before = performance.now();
  const hand = async () => {
    for (let body = bodies[next++]; body; body = bodies[next++]) {
      const answer = await request(`http://127.0.0.1:${port}/entries`, {
        method: 'POST',
        headers: { 'content-type': 'application/x-ndjson', 'topout-by': 'import' },
        body,
        dispatcher,
      });
      const answered = Buffer.from(await answer.body.arrayBuffer());
      lines += recorded(answered, body);
    }
  };
  await Promise.all(Array.from({ length: inFlight }, hand));
  const seconds = (performance.now() - before) / 1000;
  await dispatcher.close();
  return lines / seconds;
}

/** The number of recorded lines; throws unless it is all of them. */
function recorded(answer: Buffer, body: Buffer): number {
  const sent = occurrences(body, '\n');
  const done = occurrences(answer, '"status":201');
  if (done === sent) return sent;
  const other = answer
    .toString()
    .split('\n')
    .find((line) => !line.includes('"status":201'));
  throw new Error(`${done} of ${sent} lines were recorded; another was answered ${other}`);
}

function occurrences(bytes: Buffer, text: string): number {
  let count = 0;
  for (let at = bytes.indexOf(text); at >= 0; at = bytes.indexOf(text, at + text.length)) count += 1;
  return count;
}
