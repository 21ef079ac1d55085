import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { authorHeader, authorIn, longestAuthor } from '../../../domain/values/author.js';
import { omitUndefined } from '../../../domain/values/omit-undefined.js';
import type { Moment, PageOf } from '../../app/queries/asked.js';
import { exitCodeOf, exitCodes } from '../../composition/exit-codes.js';
import type { Language } from '../terminal.js';
import { Failure, failure, invalid, type Problem } from './failure.js';
import { type Answer, read, readBytes, requireEvents } from './reply.js';

export type { Answer } from './reply.js';

export type Query = Readonly<Record<string, string | undefined>>;

/** Options of a write. */
interface Sending {
  body?: string | Buffer;
  type?: 'application/json' | 'application/x-ndjson';
  /** UUID of the entry, so that sending it again adds nothing. */
  key?: string;
  /** The version that the writer saw; refused if it is no longer current. */
  version?: number;
  query?: Query;
  /** Timeout of the answer, in milliseconds. */
  patienceMs?: number;
}

/** A page of a list; its moment is absent for lists without one. */
type ListPage = Partial<Moment> & PageOf<unknown>;

/** Delays between attempts at a request whose answer was lost, or that the service takes later, in milliseconds. */
const waitsMs = [200, 500, 1_000, 2_000, 4_000];
/** The longest wait that a service may ask for before a command ends with its answer, in milliseconds. */
const mostAskedMs = 60_000;
/** Timeout of one answer, in milliseconds; many lines take longer than one entry. */
const patienceMs = { 'application/json': 60_000, 'application/x-ndjson': 600_000 };

/** A client of a Topout service, over HTTP. */
export class Client {
  private readonly address: URL;

  constructor(
    url: string,
    private readonly said: { language: Language; by?: string; key?: string },
    /** Between attempts, in milliseconds. */
    readonly waits: readonly number[] = waitsMs,
  ) {
    if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
      throw invalid('--url', url, {
        en: 'an address such as http://127.0.0.1:3000',
        zh: '地址，如 http://127.0.0.1:3000',
      });
    }
    if (said.by !== undefined && authorIn(said.by) === undefined) {
      throw invalid('--by', said.by, {
        en: `a name of 1 to ${longestAuthor} characters, such as wang.gong or 王工`,
        zh: `1 至 ${longestAuthor} 个字的姓名，如 王工 或 wang.gong`,
      });
    }
    this.address = new URL(url.endsWith('/') ? url : `${url}/`);
  }

  /** The path of a resource from names with any characters. */
  static path(...names: string[]): string {
    return names.map((name) => encodeURIComponent(name)).join('/');
  }

  /** The URL of the service without a trailing slash. */
  get at(): string {
    return this.address.href.replace(/\/$/, '');
  }

  /** Reads; absent query members are omitted. */
  async get<Body>(path: string, query: Query = {}): Promise<Answer<Body>> {
    return this.answer(this.urlOf(path, query), { method: 'GET', headers: this.headers() });
  }

  /** Reads bytes. */
  async bytes(path: string): Promise<Buffer> {
    return this.answered(this.urlOf(path, {}), { method: 'GET', headers: this.headers() }, readBytes);
  }

  /**
   * Reads a list page by page, all at the moment of the first, and returns the last page with the items of all.
   *
   * @param isEnough called with the page and the items so far: true if further pages are not needed
   */
  async all<Page extends ListPage>(
    path: string,
    query: Query = {},
    isEnough: (soFar: Page) => boolean = () => false,
  ): Promise<Page> {
    const items: unknown[] = [];
    let asked: Query = { ...query, limit: query.limit ?? '500' };
    for (;;) {
      const { body } = await this.get<Page>(path, asked);
      items.push(...body.items);
      const soFar = { ...body, items };
      if (body.next === undefined || isEnough(soFar)) return soFar;
      const { asOf = asked.asOf, knownAt, next: cursor } = body;
      asked = { ...asked, asOf, knownAt: knownAt ? String(knownAt.position) : asked.knownAt, cursor };
    }
  }

  /** Writes; after a lost answer the same content and id are sent again, so that nothing is doubled. */
  async post<Body>(path: string, sending: Sending): Promise<Answer<Body>> {
    return this.send('POST', path, sending);
  }

  /** Replaces a resource; repeated after a lost answer as in `post`. */
  async put<Body>(path: string, sending: Sending): Promise<Answer<Body>> {
    return this.send('PUT', path, sending);
  }

  /** Removes; repeated after a lost answer as in `post`. */
  async delete(path: string, sending: Sending): Promise<void> {
    await this.send('DELETE', path, sending);
  }

  /**
   * Opens a stream of events and returns its bytes as they arrive; a single attempt.
   *
   * @param lastId the id of the last event read
   * @throws Failure a refusal of the service, or no answer
   */
  async open(
    path: string,
    query: Query,
    lastId: string | undefined,
    signal: AbortSignal,
  ): Promise<AsyncIterable<Uint8Array>> {
    const own = { accept: 'text/event-stream', 'last-event-id': lastId };
    const request = { method: 'GET', headers: this.headers(own) };
    const response = await fetch(this.urlOf(path, query), { ...request, signal }).catch((error: unknown) => {
      throw signal.aborted ? error : this.lost(request, false, error);
    });
    await requireEvents(response);
    return response.body ?? new Blob([]).stream();
  }

  /**
   * Requests long work with progress, and returns the result: the last line. It has no time limit, and ends when the
   * service or this process ends.
   *
   * @throws Failure a refusal of the service, or a lost answer
   */
  async work<Body>(
    path: string,
    { body, query = {} }: Pick<Sending, 'body' | 'query'>,
    onProgress: (done: number, of: number) => void,
  ): Promise<Body> {
    const headers = this.headers({ accept: 'application/x-ndjson', 'content-type': 'application/json' });
    const request = { method: 'POST', headers, body: body ?? null };
    try {
      const response = await fetch(this.urlOf(path, query), request);
      if (!response.ok || !response.body) return read<Body>(response, await response.text()).body;
      const input = Readable.fromWeb(response.body as Parameters<typeof Readable.fromWeb>[0]);
      for await (const line of createInterface({ input })) {
        const said = JSON.parse(line) as { done?: number; of?: number; problem?: Problem } & Body;
        if (said.problem) throw new Failure(said.problem, exitCodeOf(said.problem.status ?? 500));
        if (said.done === undefined) return said;
        onProgress(said.done, said.of ?? 0);
      }
    } catch (error) {
      if (error instanceof Failure) throw error;
      throw this.lost(request, networkCode(error) !== 'ECONNREFUSED', error);
    }
    throw this.lost(request, true, new Error('the answer has no last line'));
  }

  private send<Body>(method: string, path: string, sending: Sending): Promise<Answer<Body>> {
    const { body, type = 'application/json', key, version, query = {} } = sending;
    const headers = this.headers({
      'content-type': body === undefined ? undefined : type,
      'idempotency-key': key,
      'if-match': version === undefined ? undefined : `"${version}"`,
    });
    const request = { method, headers, body: body ?? null };
    return this.answer(this.urlOf(path, query), request, sending.patienceMs ?? patienceMs[type]);
  }

  private urlOf(path: string, query: Query): URL {
    const url = new URL(path, this.address);
    for (const [name, value] of Object.entries(query))
      if (value !== undefined) url.searchParams.set(name, value);
    return url;
  }

  private headers(own: Readonly<Record<string, string | undefined>> = {}): Record<string, string> {
    const { language, by, key } = this.said;
    const authorization = key === undefined ? undefined : `Bearer ${key}`;
    const author = by === undefined ? undefined : authorHeader(by);
    const all = { 'accept-language': language, 'topout-by': author, authorization, ...own };
    return omitUndefined(all) as Record<string, string>;
  }

  private answer<Body>(url: URL, request: RequestInit, withinMs?: number): Promise<Answer<Body>> {
    const take = (response: Response, bytes: Buffer) => read<Body>(response, new TextDecoder().decode(bytes));
    return this.answered(url, request, take, withinMs);
  }

  private async answered<Result>(
    url: URL,
    request: RequestInit,
    take: (response: Response, bytes: Buffer) => Result,
    withinMs = patienceMs['application/json'],
  ): Promise<Result> {
    for (let attempt = 0; ; attempt++) {
      const wait = this.waits[attempt];
      let pauseMs = wait;
      try {
        const response = await fetch(url, { ...request, signal: AbortSignal.timeout(withinMs) });
        const bytes = Buffer.from(await response.arrayBuffer());
        const isPassing = response.status === 503 || response.status === 429;
        const asked = retryAfterMs(response);
        if (wait === undefined || !isPassing || asked > mostAskedMs) return take(response, bytes);
        pauseMs = Math.max(wait, asked);
      } catch (error) {
        if (error instanceof Failure) throw error;
        const isAbsent = attempt === 0 && networkCode(error) === 'ECONNREFUSED';
        if (isAbsent || wait === undefined) throw this.lost(request, attempt > 0, error);
      }
      await sleep(pauseMs);
    }
  }

  private lost(request: RequestInit, wasThere: boolean, error: unknown): Failure {
    const code = networkCode(error);
    if (!wasThere) {
      const detail = {
        en: `No Topout service answers at ${this.at} (${code}); start one with "npm start", or name another address with --url or TOPOUT_URL.`,
        zh: `${this.at} 没有 Topout 服务应答（${code}）；请用“npm start”启动，或用 --url 或 TOPOUT_URL 指定其他地址。`,
      };
      return failure(exitCodes.unreachable, { en: 'No service', zh: '没有服务' }, detail, error);
    }
    const key = new Headers(request.headers).get('idempotency-key');
    const again = key
      ? { en: `add --id ${key} to the same command`, zh: `在同一命令后加上 --id ${key}` }
      : { en: 'give the same command again', zh: '再次执行同一命令' };
    const detail =
      request.method === 'GET'
        ? {
            en: `The service at ${this.at} stopped answering (${code}); see whether it still runs.`,
            zh: `${this.at} 的服务停止应答（${code}）；请检查是否仍在运行。`,
          }
        : {
            en: `The service at ${this.at} went away before it answered (${code}), so it is not known whether this was recorded; once it is back, ${again.en}: nothing is doubled.`,
            zh: `${this.at} 的服务在应答前中断（${code}），不知道是否已记录；恢复后请${again.zh}：不会重复记录。`,
          };
    return failure(exitCodes.unreachable, { en: 'The answer was lost', zh: '回答丢失' }, detail, error);
  }
}

/** The wait that an answer asks for, in milliseconds; 0 for none. */
function retryAfterMs({ headers }: Response): number {
  return Number(headers.get('retry-after') ?? 0) * 1_000 || 0;
}

/** The network error: the code of the innermost cause, or a description. */
export function networkCode(error: unknown): string {
  const { cause, errors, code, name, message } = error as NodeJS.ErrnoException & { errors?: unknown[] };
  if (cause !== undefined) return networkCode(cause);
  if (code === undefined && errors?.[0] !== undefined) return networkCode(errors[0]);
  return code ?? (name === 'TimeoutError' ? 'no answer in time' : message);
}
