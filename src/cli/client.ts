import { setTimeout as sleep } from 'node:timers/promises';
import { exitCodeOf, exitCodes } from '../exit-codes.js';
import { Failure, failure, type Problem, usage } from './failure.js';
import type { Language } from './terminal.js';

/** What the service answered: the very text, and what it means. */
export interface Answer<Body> {
  text: string;
  body: Body;
  /** True when the same id had been answered before. */
  isReplay: boolean;
}

export type Query = Readonly<Record<string, string | undefined>>;

/** How a body is sent. */
interface Sending {
  body: string | Buffer;
  type: 'application/json' | 'application/x-ndjson';
  /** UUID of the entry, so that sending it again doubles nothing. */
  key?: string;
}

/** Waits between attempts at a request whose answer was lost, in milliseconds. */
const waitsMs = [200, 500, 1_000, 2_000, 4_000];
/** How long one answer may take, in milliseconds; many lines take longer than one entry. */
const patienceMs = { 'application/json': 60_000, 'application/x-ndjson': 600_000 };

/** A Topout service at an address, asked over HTTP. */
export class Client {
  private readonly address: URL;

  constructor(
    url: string,
    private readonly said: { language: Language; by?: string },
    private readonly waits: readonly number[] = waitsMs,
  ) {
    if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
      throw usage(`--url "${url}": expected an address such as http://127.0.0.1:3000.`);
    }
    if (said.by !== undefined && !/^[!-~]{1,64}$/.test(said.by)) {
      throw usage(
        `--by "${said.by}": expected 1 to 64 Latin letters, digits or signs without spaces, such as wang.gong.`,
      );
    }
    this.address = new URL(url.endsWith('/') ? url : `${url}/`);
  }

  /** The path of a resource from names that may hold any character. */
  static path(...names: string[]): string {
    return names.map((name) => encodeURIComponent(name)).join('/');
  }

  /** Reads; absent members of the query are left out. */
  async get<Body>(path: string, query: Query = {}): Promise<Answer<Body>> {
    const url = new URL(path, this.address);
    for (const [name, value] of Object.entries(query))
      if (value !== undefined) url.searchParams.set(name, value);
    return this.answer(url, { method: 'GET', headers: this.headers() });
  }

  /** Writes; a lost answer is asked for again with the same content and id, so that nothing is doubled. */
  async post<Body>(path: string, sending: Sending): Promise<Answer<Body>> {
    const headers = { ...this.headers(), 'content-type': sending.type };
    const key = sending.key === undefined ? {} : { 'idempotency-key': sending.key };
    return this.answer(
      new URL(path, this.address),
      {
        method: 'POST',
        headers: { ...headers, ...key },
        body: sending.body,
      },
      sending.type,
    );
  }

  private headers(): Record<string, string> {
    const { language, by } = this.said;
    return {
      'accept-language': language,
      ...(by === undefined ? {} : { 'topout-by': by }),
    };
  }

  private async answer<Body>(
    url: URL,
    request: RequestInit,
    type: Sending['type'] = 'application/json',
  ): Promise<Answer<Body>> {
    for (let attempt = 0; ; attempt++) {
      const wait = this.waits[attempt];
      try {
        const response = await fetch(url, { ...request, signal: AbortSignal.timeout(patienceMs[type]) });
        const text = await response.text();
        if (wait === undefined || response.status !== 503) return read(response, text);
      } catch (error) {
        if (error instanceof Failure) throw error;
        const isAbsent = attempt === 0 && codeOf(error) === 'ECONNREFUSED';
        if (isAbsent || wait === undefined) throw this.lost(request, attempt > 0, error);
      }
      await sleep(wait);
    }
  }

  private lost(request: RequestInit, wasThere: boolean, error: unknown): Failure {
    const at = this.address.href.replace(/\/$/, '');
    if (!wasThere) {
      const detail = `No Topout service answers at ${at} (${codeOf(error)}); start one with "npm start", or name another address with --url or TOPOUT_URL.`;
      return failure(exitCodes.unreachable, 'No service', detail, error);
    }
    const key = new Headers(request.headers).get('idempotency-key');
    const again = key ? `add --id ${key} to the same command` : 'give the same command again';
    const detail =
      request.method === 'GET'
        ? `The service at ${at} stopped answering (${codeOf(error)}); see whether it still runs.`
        : `The service at ${at} went away before it answered (${codeOf(error)}), so it is not known whether this was recorded; once it is back, ${again}: nothing is doubled.`;
    return failure(exitCodes.unreachable, 'The answer was lost', detail, error);
  }
}

function read<Body>(response: Response, text: string): Answer<Body> {
  const type = response.headers.get('content-type') ?? 'no content type';
  if (!response.ok && type.includes('problem+json'))
    throw new Failure(problemOf(text), exitCodeOf(response.status));
  const isNdjson = type.includes('ndjson');
  if (!response.ok || !(type.includes('json') || isNdjson)) {
    const detail = `${response.url} answered ${response.status} with ${type}; expected JSON from Topout. Is --url right?`;
    throw failure(exitCodes.unreachable, 'Not Topout', detail);
  }
  const body = isNdjson
    ? text
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line))
    : JSON.parse(text);
  return { text, body: body as Body, isReplay: response.headers.get('idempotent-replayed') === 'true' };
}

function problemOf(text: string): Problem {
  return JSON.parse(text) as Problem;
}

/** What the network said: the code of the innermost cause, or the name of what happened. */
function codeOf(error: unknown): string {
  const { cause, errors, code, name, message } = error as NodeJS.ErrnoException & { errors?: unknown[] };
  if (cause !== undefined) return codeOf(cause);
  if (code === undefined && errors?.[0] !== undefined) return codeOf(errors[0]);
  return code ?? (name === 'TimeoutError' ? 'no answer in time' : message);
}
