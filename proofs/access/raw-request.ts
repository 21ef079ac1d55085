import { once } from 'node:events';
import { connect } from 'node:net';

/** An answer to a request that was written by hand. */
export interface RawAnswered {
  /** 0 where the connection ended without an answer. */
  status: number;
  /** By lower-case name. */
  headers: Readonly<Record<string, string>>;
  text: string;
}

/** How long an answer may take, in milliseconds; that of a stream does not end by itself. */
const patienceMs = 2_000;

/** Sends a request as it is written, with a connection of its own, and reads until that ends. */
export async function sendRaw(port: number, head: readonly string[], body = ''): Promise<RawAnswered> {
  const socket = connect({ host: '127.0.0.1', port, noDelay: true });
  let text = '';
  socket.setEncoding('utf8').on('data', (data: string) => {
    text += data;
    // Of a stream the beginning is enough.
    if (/^content-type: text\/event-stream/im.test(text) || text.startsWith('HTTP/1.1 101')) socket.destroy();
  });
  socket.on('error', () => undefined);
  socket.setTimeout(patienceMs, () => socket.destroy());
  const length = body === '' ? [] : [`Content-Length: ${Buffer.byteLength(body)}`];
  socket.write(`${[...head, 'Connection: close', ...length].join('\r\n')}\r\n\r\n${body}`);
  await once(socket, 'close');
  const end = text.indexOf('\r\n\r\n');
  const [line = '', ...fields] = text.slice(0, Math.max(end, 0)).split('\r\n');
  const named = fields.map((field) => {
    const colon = field.indexOf(':');
    return [field.slice(0, colon).toLowerCase(), field.slice(colon + 1).trim()] as const;
  });
  return {
    status: Number(/^HTTP\/1\.1 (\d{3})/.exec(line)?.[1] ?? 0),
    headers: Object.fromEntries(named),
    text: text.slice(end + 4),
  };
}
