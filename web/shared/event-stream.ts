import { EventSourceParserStream } from 'eventsource-parser/stream';
import { Problem } from './problem.js';

/** The state of a stream: `off` before the start, `broken` until the next attempt, `refused` until started again. */
export type StreamState = 'off' | 'connecting' | 'live' | 'broken' | 'refused';

/** Callbacks of a listener. */
export interface StreamHears {
  event: (type: string, data: string) => void;
  state: (state: StreamState) => void;
  /** Something arrived, possibly only a heartbeat. */
  alive?: () => void;
}

/** Opens the stream; rejects if it is refused or unreachable. */
type OpenStream = (headers: Record<string, string>, signal: AbortSignal) => Promise<Response>;

/** After this silence, three heartbeats of the service, the stream is reopened. */
const silenceMs = 45_000;
const firstWaitMs = 1_000;
const longestWaitMs = 60_000;

/**
 * Server-sent events over `fetch`, which can send the access token, unlike `EventSource`.
 *
 * It reconnects automatically at growing intervals, and resumes by `Last-Event-ID`. If access is refused it waits until
 * started again.
 */
export class EventStream {
  private lastId = '';
  private waitMs = firstWaitMs;
  private failures = 0;
  private ending?: AbortController;
  private returning?: ReturnType<typeof setTimeout>;
  private silence?: ReturnType<typeof setTimeout>;

  constructor(
    private readonly openStream: OpenStream,
    private readonly hears: StreamHears,
  ) {}

  /** Opens it immediately; an open or waiting one is reopened. */
  start(): void {
    this.drop();
    const ending = new AbortController();
    this.ending = ending;
    this.hears.state('connecting');
    void this.read(ending).catch((error: unknown) => {
      if (this.ending !== ending) return;
      this.failures += 1;
      // The user is asked for a name or token once, not on each attempt.
      if (error instanceof Problem && error.isOfAccess) this.rest('refused');
      else this.comeBack();
    });
  }

  stop(): void {
    this.drop();
    this.hears.state('off');
  }

  private async read(ending: AbortController): Promise<void> {
    const headers = { accept: 'text/event-stream', ...(this.lastId ? { 'last-event-id': this.lastId } : {}) };
    const alive = () => {
      this.hears.alive?.();
      clearTimeout(this.silence);
      this.silence = setTimeout(() => ending.abort(), silenceMs);
    };
    this.silence = setTimeout(() => ending.abort(), silenceMs);
    const { body } = await this.openStream(headers, ending.signal);
    if (!body) throw new Error('The answer has no body.');
    this.failures = 0;
    this.hears.state('live');
    const parser = new EventSourceParserStream({
      onId: (id) => {
        this.lastId = id;
        alive();
      },
      onRetry: (ms) => {
        this.waitMs = ms;
      },
    });
    const reader = body.pipeThrough(new TextDecoderStream()).pipeThrough(parser).getReader();
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      alive();
      this.hears.event(part.value.event ?? 'message', part.value.data);
    }
    if (this.ending === ending) this.comeBack();
  }

  private rest(state: 'broken' | 'refused'): void {
    clearTimeout(this.silence);
    this.hears.state(state);
  }

  private comeBack(): void {
    this.rest('broken');
    const waitMs = Math.min(this.waitMs * 2 ** Math.max(0, this.failures - 1), longestWaitMs);
    this.returning = setTimeout(() => this.start(), waitMs);
  }

  private drop(): void {
    clearTimeout(this.returning);
    clearTimeout(this.silence);
    const { ending } = this;
    this.ending = undefined;
    ending?.abort();
  }
}
