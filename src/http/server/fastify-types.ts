import type { Caller } from '../access/caller.js';

/** The parts of a request that the edge reads. */
export interface Request {
  /** As in its line of the log. */
  id: string;
  method: string;
  url: string;
  headers: Readonly<Record<string, string | string[] | undefined>>;
  /** The name of the problem that answers it. */
  refusal?: string;
}

/** A request whose sender is known. */
export interface AdmittedRequest extends Request {
  caller: Caller;
  /** By what its requests are counted; absent for those that are not. */
  limitKey?: string;
}

/** A streaming answer: bytes are sent as they are written. */
export interface OpenAnswer {
  writeHead(status: number, headers: Record<string, string>): unknown;
  removeHeader(name: string): unknown;
  /** Calls back once the bytes have left this process. */
  write(bytes: Uint8Array, done?: () => void): unknown;
  end(last?: Uint8Array): unknown;
  destroy(): unknown;
  on(event: 'close' | 'error', call: () => void): unknown;
  /** Bytes written that have not left this process. */
  readonly writableLength: number;
}

/** The parts of an answer beside its body. */
export interface Reply {
  status(code: number): unknown;
  header(name: string, value: string): unknown;
  headers(all: Record<string, string>): unknown;
  send(body: string): unknown;
  /** Takes the answer over from the framework. */
  hijack(): unknown;
  readonly raw: OpenAnswer;
}

/**
 * Security headers of every answer: browsers run and load nothing of it, do not frame it, do not sniff its type, and do
 * not share it with other origins. Pages have a policy of their own.
 */
export const careful = {
  'content-security-policy':
    "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
};

/** Headers of every answer of the API: beside `careful`, no caching, and names vary by language. */
export const everyAnswer = { ...careful, 'cache-control': 'no-store', vary: 'accept-language' };
