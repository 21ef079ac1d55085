/** What the edge reads of a request. */
export interface Request {
  /** As in its line of the log. */
  id: string;
  method: string;
  url: string;
  headers: Readonly<Record<string, string | string[] | undefined>>;
}

/** An answer that stays open: bytes go out as they are written. */
export interface OpenAnswer {
  writeHead(status: number, headers: Record<string, string>): unknown;
  removeHeader(name: string): unknown;
  /** Calls back once the bytes have left this process. */
  write(bytes: Uint8Array, done?: () => void): unknown;
  end(last?: Uint8Array): unknown;
  destroy(): unknown;
  on(event: 'close' | 'error', call: () => void): unknown;
  /** Bytes that were written and have not left this process. */
  readonly writableLength: number;
}

/** What the edge says about an answer beside its body. */
export interface Reply {
  status(code: number): unknown;
  header(name: string, value: string): unknown;
  headers(all: Record<string, string>): unknown;
  send(body: string): unknown;
  /** Takes the answer out of the hands of the framework. */
  hijack(): unknown;
  readonly raw: OpenAnswer;
}

/**
 * What a browser is asked to keep to with every answer: it runs and loads nothing of it, puts it into no frame, believes its
 * type, and gives nothing of it to a page of another origin. Pages have a policy of their own.
 */
export const careful = {
  'content-security-policy':
    "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
};

/** Headers of every answer of the API: beside `careful`, nothing is kept on the way, and names depend on the language. */
export const everyAnswer = { ...careful, 'cache-control': 'no-store', vary: 'accept-language' };
