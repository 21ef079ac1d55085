import { Resolver } from 'node:dns/promises';
import { isIP, type Socket } from 'node:net';
import type { SecureContext } from 'node:tls';
import type { Guard } from './address-guard.js';
import { type Line, openLine } from './webhook-socket.js';

/** The timeouts of an attempt and its parts, in milliseconds. */
export interface Deadlines {
  connectMs: number;
  /** From the DNS look-up to the last byte of the answer. */
  totalMs: number;
}

/** The dependencies of an attempt; constant over all attempts. */
export interface Wire {
  guard: Guard;
  /** Resolves all current addresses of a name. */
  lookup(host: string): Promise<readonly string[]>;
  after(ms: number, call: () => void): () => void;
  deadlines: Deadlines;
  /** The trusted certificates; Node's by default. */
  trust?: SecureContext;
}

/** The answer of a receiver; `body` is what arrived before a limit. */
export interface Answer {
  status: number;
  retryAfter?: string;
  body: Buffer;
}

/** Maximum number of addresses tried per host. */
const mostAddresses = 3;

const mostHeaderBytes = 8 * 1024;

/** Timeout and number of tries for a name server. */
const resolving = { timeout: 2000, tries: 2 };

/**
 * Posts a body to a URL once: resolves the host once, connects to an admitted address, follows no redirect, uses no
 * proxy and keeps no connection.
 *
 * Once the head of an answer has arrived it counts, however its body ends.
 *
 * @param ending aborts the attempt with its reason; the connection is closed when the answer is returned
 * @param onEnd called with the number of bytes received when the connection is closed
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
 * Resolves all addresses of a name by DNS, IPv4 first; the hosts file is not read.
 *
 * The system's resolver would block the few threads of the process while a name server is silent.
 */
export async function addressesOf(host: string): Promise<readonly string[]> {
  const resolver = new Resolver(resolving);
  if (/(^|\.)localhost$/.test(host)) return ['127.0.0.1', '::1'];
  const answers = await Promise.allSettled([resolver.resolve4(host), resolver.resolve6(host)]);
  return answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []));
}

/** Connects to the first reachable address. @throws the error of the last one */
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
  // Loaded with the first attempt, to keep the start fast.
  const { Client } = await import('undici');
  const client = new Client(url.origin, {
    // The connection has all members of a socket that the client uses. The client expects to see it connect.
    connect: (_options, connected) => queueMicrotask(() => connected(null, line.stream as Socket)),
    maxHeaderSize: mostHeaderBytes,
    // The attempt has its own deadlines.
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
      // The body is endless, slow or truncated: the part received is enough.
    }
    return { status: answer.statusCode, body: Buffer.concat(chunks), ...(retryAfter ? { retryAfter } : {}) };
  } catch (error) {
    throw signal.aborted ? signal.reason : error;
  } finally {
    await client.destroy();
  }
}

/** Waits for a promise that cannot be cancelled, until the attempt ends. */
function unlessEnded<Value>(work: Promise<Value>, signal: AbortSignal): Promise<Value> {
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason));
    work.then(resolve, reject);
  });
}
