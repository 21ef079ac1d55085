import { once } from 'node:events';
import { connect } from 'node:net';

/** The answer to bytes on a separate connection. */
export interface RawAnswer {
  status: number;
  /** By lower-case name; of a repeated one the last. */
  headers: Record<string, string>;
  body: string;
  /** Parsed, if it is a problem; otherwise empty. */
  problem: { type?: string; detail?: string; errors?: { member: string; seen: string; expected: string }[] };
}

/**
 * Sends bytes on a separate connection, and reads until the server ends it or, if it keeps the connection, until an
 * answer is complete; of an endless stream, until its head has come.
 */
export async function sendRaw(
  port: number,
  bytes: string | Buffer,
  options: { headOnly?: true } = {},
): Promise<RawAnswer> {
  const socket = connect(port, '127.0.0.1').on('error', () => undefined);
  await once(socket, 'connect');
  socket.write(bytes);
  let text = '';
  for await (const piece of socket) {
    text += (piece as Buffer).toString('utf8');
    if (options.headOnly ? text.includes('\r\n\r\n') : isWhole(text)) break;
  }
  socket.destroy();
  const [head = '', ...rest] = text.split('\r\n\r\n');
  const [first = '', ...lines] = head.split('\r\n');
  const headers = Object.fromEntries(
    lines.map((line) => {
      const at = line.indexOf(':');
      return [line.slice(0, at).toLowerCase(), line.slice(at + 1).trim()];
    }),
  );
  const body = rest.join('\r\n\r\n');
  const isProblem =
    !options.headOnly && headers['content-type']?.startsWith('application/problem+json') && body !== '';
  return {
    status: Number(first.split(' ')[1]),
    headers,
    body,
    // Without the chunk lengths around it.
    problem: isProblem ? JSON.parse(body.slice(body.indexOf('{'), body.lastIndexOf('}') + 1)) : {},
  };
}

/** A request as bytes, with exactly the given headers. */
export function requestOf(line: string, headers: readonly string[], body = ''): string {
  return `${[`${line} HTTP/1.1`, ...headers].join('\r\n')}\r\n\r\n${body}`;
}

function isWhole(text: string): boolean {
  const at = text.indexOf('\r\n\r\n');
  if (at < 0) return false;
  const length = /\r\ncontent-length: (\d+)/i.exec(text.slice(0, at))?.[1];
  return length !== undefined && Buffer.byteLength(text) >= at + 4 + Number(length);
}
