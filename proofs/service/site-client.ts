import { Pool } from 'undici';

/** The answer: a status and a body; undefined if the outcome of the request is unknown. */
export type Answered = { status: number; body: Record<string, unknown> } | undefined;

/** A client of the service that treats a cut connection as no answer. */
export class SiteClient {
  private readonly pool: Pool;

  constructor(url: string, connections = 64, timeoutMs = 10_000) {
    const limits = { headersTimeout: timeoutMs, bodyTimeout: timeoutMs, connectTimeout: timeoutMs };
    this.pool = new Pool(url, { connections, pipelining: 1, ...limits });
  }

  /** Logs a fact about a project; `id` is the id of the entry. */
  log(project: string, id: string, fact: object, headers: Record<string, string> = {}): Promise<Answered> {
    return this.send('POST', `/projects/${project}/entries`, fact, { 'idempotency-key': id, ...headers });
  }

  register(project: string, id: string): Promise<Answered> {
    const body = { project, name: { en: `Site ${project}` }, asOf: '2018-01-01' };
    return this.send('POST', '/projects', body, { 'idempotency-key': id });
  }

  get(path: string): Promise<Answered> {
    return this.send('GET', path);
  }

  async send(
    method: 'GET' | 'POST',
    path: string,
    body?: object,
    headers: Record<string, string> = {},
  ): Promise<Answered> {
    try {
      const answer = await this.pool.request({
        method,
        path,
        headers: { ...headers, ...(body ? { 'content-type': 'application/json' } : {}) },
        ...(body ? { body: JSON.stringify(body) } : {}),
      });
      const text = await answer.body.text();
      return { status: answer.statusCode, body: JSON.parse(text) };
    } catch {
      return undefined;
    }
  }

  /** Every entry of a project in its journal, oldest first; undefined if a page failed. */
  async journal(project: string, query = ''): Promise<JournalLine[] | undefined> {
    const lines: JournalLine[] = [];
    for (let cursor = ''; ; ) {
      const page = await this.get(
        `/projects/${project}/journal?limit=500${query}${cursor && `&cursor=${encodeURIComponent(cursor)}`}`,
      );
      if (page?.status !== 200) return undefined;
      lines.push(...(page.body.items as JournalLine[]));
      if (typeof page.body.next !== 'string') return lines;
      cursor = page.body.next;
    }
  }

  close(): Promise<void> {
    return this.pool.destroy();
  }
}

/** The place of a journal entry. */
export interface JournalLine {
  id: string;
  revision: number;
  position: number;
  recordedAt: string;
}
