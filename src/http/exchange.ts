/** What the edge reads of a request. */
export interface Request {
  method: string;
  url: string;
  headers: Readonly<Record<string, string | string[] | undefined>>;
}

/** What the edge says about an answer beside its body. */
export interface Reply {
  status(code: number): unknown;
  header(name: string, value: string): unknown;
  headers(all: Record<string, string>): unknown;
  send(body: string): unknown;
}

/** Headers of every answer: nothing is kept on the way, and names depend on the language. */
export const everyAnswer = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  vary: 'accept-language',
};
