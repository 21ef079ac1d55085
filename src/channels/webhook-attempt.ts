import { Resolver } from 'node:dns/promises';
import { isIP, type Socket } from 'node:net';
import type { SecureContext } from 'node:tls';
import type { Guard } from './address-guard.js';
import { type Line, openLine } from './webhook-socket.js';

/** How long an attempt and its parts may take, in milliseconds. */
export interface Deadlines {
  connectMs: number;
  /** From the look-up of the name to the last byte of the answer. */
  totalMs: number;
}

/** What one attempt needs; all of it stays the same from one to the next. */
export interface Wire {
  guard: Guard;
  /** Every address that a name has now. */
  lookup(host: string): Promise<readonly string[]>;
  after(ms: number, call: () => void): () => void;
  deadlines: Deadlines;
  /** The certificates that are trusted; those that Node trusts when absent. */
  trust?: SecureContext;
}

/** What a receiver answered; `body` is as much of it as came before a limit. */
export interface Answer {
  status: number;
  retryAfter?: string;
  body: Buffer;
}

/** How many addresses of one host are tried. */
const mostAddresses = 3;

const mostHeaderBytes = 8 * 1024;

/** How long a name server may take, and how often it is asked. */
const resolving = { timeout: 2000, tries: 2 };

/**
 * Posts a body to a URL once: looks the host up once, connects to an address that was admitted, follows no redirect, uses
 * no proxy and leaves no connection behind.
 *
 * An answer whose head has come is one, however its body ends.
 *
 * @param ending ends the attempt, for what its reason says; it is over for good when the answer is there
 * @param onEnd told how many bytes were taken, when all is over
 * @throws AddressRefused, or an Error whose message says what happened
 */
export async function post(
  wire: Wire,
  url: string,
  headers: Record<string, string>,
  body: string,
  ending: AbortController,
  onEnd: (takenBytes: number) => void,
): Promise<Answer> {
  const end = (why: string) => ending.abort(new Error(why));
  const { connectMs, totalMs } = wire.deadlines;
  const cancels = [wire.after(totalMs, () => end(`no answer within ${totalMs / 1000} s`))];
  let line: Line | undefined;
  try {
    const target = wire.guard.target(url);
    const addresses = isIP(target.host)
      ? [target.host]
      : await unlessEnded(wire.lookup(target.host), ending.signal);
    wire.guard.admit(target, addresses);
    cancels.push(wire.after(connectMs, () => line ?? end(`no connection within ${connectMs / 1000} s`)));
    line = await firstLine(addresses, (address) => openLine(target, address, wire.trust, ending.signal));
    return await answerOn(line, target.url, headers, body, ending.signal);
  } finally {
    for (const cancel of cancels) cancel();
    end('over');
    line?.stream.destroy();
    onEnd(line?.takenBytes() ?? 0);
  }
}

/**
 * Asks name servers for all addresses of a name, IPv4 ones first; the file of hosts is not read.
 *
 * The system's own look-up would occupy the few threads of the process while a name server is silent.
 */
export async function addressesOf(host: string): Promise<readonly string[]> {
  const resolver = new Resolver(resolving);
  if (/(^|\.)localhost$/.test(host)) return ['127.0.0.1', '::1'];
  const answers = await Promise.allSettled([resolver.resolve4(host), resolver.resolve6(host)]);
  return answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []));
}

/** The first address that can be connected to. @throws what was wrong with the last one */
async function firstLine(
  addresses: readonly string[],
  open: (address: string) => Promise<Line>,
): Promise<Line> {
  let failure: unknown;
  for (const address of addresses.slice(0, mostAddresses)) {
    try {
      return await open(address);
    } catch (error) {
      failure = error;
    }
  }
  throw failure;
}

async function answerOn(
  line: Line,
  url: URL,
  headers: Record<string, string>,
  body: string,
  signal: AbortSignal,
): Promise<Answer> {
  // Loaded with the first attempt: nobody who starts has to wait for it.
  const { Client } = await import('undici');
  const client = new Client(url.origin, {
    // A line has all that the client uses of a socket. The client misses a connection that stands before it waits for one.
    connect: (_options, connected) => queueMicrotask(() => connected(null, line.stream as Socket)),
    maxHeaderSize: mostHeaderBytes,
    // The deadlines of the attempt hold instead.
    headersTimeout: 0,
    bodyTimeout: 0,
  });
  try {
    const path = url.pathname + url.search;
    const answer = await client.request({ method: 'POST', path, headers, body, signal, reset: true });
    const retryAfter = [answer.headers['retry-after'] ?? []].flat()[0];
    const chunks: Buffer[] = [];
    try {
      for await (const chunk of answer.body) chunks.push(chunk);
    } catch {
      // The body is endless, slow or cut: what came of it is enough.
    }
    return { status: answer.statusCode, body: Buffer.concat(chunks), ...(retryAfter ? { retryAfter } : {}) };
  } catch (error) {
    throw signal.aborted ? signal.reason : error;
  } finally {
    await client.destroy();
  }
}

/** Waits for something that cannot be called off, until the attempt is over. */
function unlessEnded<Value>(work: Promise<Value>, signal: AbortSignal): Promise<Value> {
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason));
    work.then(resolve, reject);
  });
}
