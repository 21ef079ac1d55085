import { type ClientRequest, get, type IncomingMessage } from 'node:http';

/** One event of a stream as it arrived. */
interface StreamEvent {
  id?: string;
  event?: string;
  data?: string;
  retry?: string;
  comment?: string;
}

/** A reader of server-sent events by the HTML standard, as far as Topout uses them. */
export interface StreamReader {
  status: number;
  headers: IncomingMessage['headers'];
  /** All events so far, those with data. */
  events: StreamEvent[];
  /** All blocks so far, including heartbeats and bare ids. */
  blocks: StreamEvent[];
  /** The id to resume from. */
  lastId(): string | undefined;
  /** Resolves when a number of events has come, or the stream has ended. */
  arrived(count: number): Promise<void>;
  ended: Promise<void>;
  pause(): void;
  resume(): void;
  close(): void;
}

/** Opens a stream and reads it; an answer other than 200 has its body as the only block. */
export function readStream(url: string, headers: Record<string, string> = {}): Promise<StreamReader> {
  return new Promise((resolve, reject) => {
    const request = get(url, { headers, agent: false }, (response) => resolve(reading(request, response)));
    request.on('error', reject);
  });
}

function reading(request: ClientRequest, response: IncomingMessage): StreamReader {
  const events: StreamEvent[] = [];
  const blocks: StreamEvent[] = [];
  const waiting = new Set<() => void>();
  let isEnded = false;
  let rest = '';
  response.setEncoding('utf8');
  response.on('data', (text: string) => {
    const parts = (rest + text).split('\n\n');
    rest = parts.pop() ?? '';
    for (const block of parts.map(blockOf)) {
      blocks.push(block);
      if (block.data !== undefined) events.push(block);
    }
    for (const check of waiting) check();
  });
  // A cut connection is an end like any other.
  response.on('error', () => undefined);
  const ended = new Promise<void>((resolve) => {
    response.on('close', () => {
      isEnded = true;
      if (response.statusCode !== 200) blocks.push({ data: rest });
      for (const check of waiting) check();
      resolve();
    });
  });
  return {
    status: response.statusCode ?? 0,
    headers: response.headers,
    events,
    blocks,
    ended,
    lastId: () => blocks.findLast(({ id }) => id !== undefined)?.id,
    arrived: (count) =>
      new Promise((resolve) => {
        const check = () => {
          if (events.length < count && !isEnded) return;
          waiting.delete(check);
          resolve();
        };
        waiting.add(check);
        check();
      }),
    pause: () => void response.pause(),
    resume: () => void response.resume(),
    close: () => void request.destroy(),
  };
}

function blockOf(text: string): StreamEvent {
  const block: Record<string, string> = {};
  for (const line of text.split('\n')) {
    const [, field = '', value = ''] = /^([a-z]*): ?(.*)$/.exec(line) ?? [];
    block[field === '' ? 'comment' : field] = value;
  }
  return block;
}
