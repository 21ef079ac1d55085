import { hostNameIn, isLoopback } from '../server/host-name.js';

/** Browsers take this name only with `Secure`, for the whole of one origin: no page of another host can set it. */
const overTls = '__Host-topout';
/** On this machine without TLS, where not every browser takes a cookie with `Secure`. */
const onLoopback = 'topout';

/** The parts of a request that say over which connection a browser asks. */
export interface Asking {
  headers: Readonly<Record<string, string | string[] | undefined>>;
  raw: { socket: { encrypted?: boolean } };
}

/** The headers of an answer. */
interface Answering {
  header(name: string, value: string): unknown;
}

/** The credential in the cookie of a request; undefined if there is none. */
export function cookieOf(asking: Asking): string | undefined {
  const text = asking.headers.cookie;
  if (typeof text !== 'string') return undefined;
  return valueIn(text, overTls) ?? (isAtLoopback(asking) ? valueIn(text, onLoopback) : undefined);
}

/**
 * Hands a credential to a browser, which sends it with every request of a page of this service and shows it to no
 * script.
 *
 * @param forMs for how long the browser keeps it, in milliseconds
 */
export function setCookie(reply: Answering, asking: Asking, credential: string, forMs: number): void {
  reply.header('set-cookie', cookie(asking, credential, Math.floor(forMs / 1_000)));
}

/** Takes the credential from a browser. */
export function clearCookie(reply: Answering, asking: Asking): void {
  reply.header('set-cookie', cookie(asking, '', 0));
}

function cookie(asking: Asking, value: string, seconds: number): string {
  const rest = `Path=/; Max-Age=${seconds}; HttpOnly; SameSite=Strict`;
  const isPlain = isAtLoopback(asking) && !isOverTls(asking);
  return isPlain ? `${onLoopback}=${value}; ${rest}` : `${overTls}=${value}; ${rest}; Secure`;
}

/** True if the browser speaks TLS: to the service itself, or to a proxy before it. */
export function isOverTls({ headers, raw }: Asking): boolean {
  const { origin, 'x-forwarded-proto': protocol } = headers;
  return raw.socket.encrypted === true || /^https:/.test(String(origin)) || protocol === 'https';
}

/** True if the browser asks under a name of its own machine. */
export function isAtLoopback({ headers: { host } }: Asking): boolean {
  const name = typeof host === 'string' ? hostNameIn(host) : undefined;
  return name !== undefined && isLoopback(name);
}

/** The first value of a name; its characters are those of a key. */
function valueIn(cookies: string, name: string): string | undefined {
  for (const part of cookies.split(';')) {
    const [its, value] = part.trim().split('=', 2);
    if (its === name && value !== undefined && /^[\w-]{1,200}$/.test(value)) return value;
  }
  return undefined;
}
