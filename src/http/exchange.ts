/** What the edge reads of a request. */
export interface Request {
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

/** Headers of every answer: nothing is kept on the way, and names depend on the language. */
export const everyAnswer = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  vary: 'accept-language',
};
