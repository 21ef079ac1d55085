import { callerHeaders } from './caller-headers.js';
import { currentLanguage } from './language.js';
import { Problem, problemIn } from './problem.js';
import { serviceReach } from './reach.js';
import { ownSelf } from './self.js';

/** Query parameters; undefined ones are omitted. */
export type Parameters = Readonly<Record<string, string | number | undefined>>;

/** The answer, and the project revision for `If-Match`. */
export interface Answered<Answer> {
  answer: Answer;
  revision?: string;
}

const accessListeners = new Set<(problem: Problem) => void>();

/** Calls back when access is refused; returns the unsubscribe function. */
export function onAccessRefused(listener: (problem: Problem) => void): () => void {
  accessListeners.add(listener);
  return () => accessListeners.delete(listener);
}

/**
 * Sends a request in the language of the page.
 *
 * @throws Problem it was refused, or there is no answer
 */
export async function ask<Answer>(
  path: string,
  parameters: Parameters = {},
  signal?: AbortSignal,
): Promise<Answer> {
  return (await request<Answer>('GET', path + queryOf(parameters), { signal })).answer;
}

/**
 * Opens a streaming answer, such as a stream of events.
 *
 * @throws Problem it was refused, or there is no answer
 */
export async function open(
  path: string,
  headers: Record<string, string>,
  signal: AbortSignal,
): Promise<Response> {
  return answered('GET', path, { headers, signal });
}

/**
 * Sends a write; repeating it with the same `id` records nothing new. With `keepalive` it goes out also when the page is
 * left meanwhile.
 *
 * @throws Problem it was refused, or there is no answer
 */
export async function tell<Answer>(
  method: 'POST' | 'PUT' | 'PATCH' | 'DELETE',
  path: string,
  body?: unknown,
  {
    id,
    revision,
    keepalive,
    signal,
  }: { id?: string; revision?: string; keepalive?: boolean; signal?: AbortSignal } = {},
): Promise<Answered<Answer>> {
  return request<Answer>(method, path, {
    ...(keepalive ? { keepalive } : {}),
    ...(signal ? { signal } : {}),
    body: body === undefined ? undefined : JSON.stringify(body),
    headers: {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(id === undefined ? {} : { 'idempotency-key': id }),
      ...(revision === undefined ? {} : { 'if-match': revision }),
    },
  });
}

/**
 * Sends many entries, one a line; the answers are in their order.
 *
 * @throws Problem it was refused as a whole, or there is no answer
 */
export async function tellLines<Result>(path: string, lines: readonly object[]): Promise<Result[]> {
  const response = await answered('POST', path, {
    body: lines.map((line) => `${JSON.stringify(line)}\n`).join(''),
    headers: { 'content-type': 'application/x-ndjson', accept: 'application/x-ndjson' },
  });
  const text = await response.text();
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Result);
}

/** Parameters as a query string: `?asOf=2018-06-30`, or nothing. */
export function queryOf(parameters: Parameters): string {
  const given = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters))
    if (value !== undefined && value !== '') given.set(name, String(value));
  return given.size > 0 ? `?${given}` : '';
}

interface Asking {
  body?: string;
  headers?: Record<string, string>;
  keepalive?: boolean;
  signal?: AbortSignal;
}

async function request<Answer>(method: string, url: string, init: Asking): Promise<Answered<Answer>> {
  const response = await answered(method, url, init);
  const answer = response.status === 204 ? undefined : await jsonOf(response);
  return { answer: answer as Answer, revision: response.headers.get('etag') ?? undefined };
}

/** @throws Problem the answer is not the service's, such as a login page */
async function jsonOf(response: Response): Promise<unknown> {
  const isJson = /\bjson\b/.test(response.headers.get('content-type') ?? '');
  const answer = isJson ? await response.json().catch(() => undefined) : undefined;
  if (answer !== undefined) return answer;
  serviceReach.doubt();
  throw new Problem('unreadable', response.status, '', '');
}

async function answered(method: string, url: string, { headers, ...init }: Asking): Promise<Response> {
  const accept = { accept: 'application/json', 'accept-language': currentLanguage() };
  let response: Response;
  try {
    response = await fetch(url, { ...init, method, headers: { ...accept, ...callerHeaders(), ...headers } });
  } catch (cause) {
    if (init.signal?.aborted) throw cause;
    serviceReach.doubt();
    throw new Problem('unreachable', 0, '', String(cause), [], { cause });
  }
  if (!response.ok) {
    const problem = await problemIn(response);
    // The answer to a question that is not asked any more may be cut off: that says nothing about the service.
    init.signal?.throwIfAborted();
    if (problem.kind === 'unreadable') serviceReach.doubt();
    else serviceReach.note();
    // A session may have ended meanwhile.
    if (problem.status === 401 && problem.isOfAccess) void ownSelf.look();
    if (problem.isOfAccess) for (const listener of accessListeners) listener(problem);
    throw problem;
  }
  serviceReach.note();
  return response;
}
