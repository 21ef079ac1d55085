import { hostNameIn, isLoopback } from '../server/host-name.js';

/** Browsers take this name only with `Secure`, for the whole of one origin: no page of another host can set it. */
const overTls = '__Host-topout';
/** On this machine without TLS, where not every browser takes a cookie with `Secure`. */
const onLoopback = 'topout';
/** Added to the names of the cookie that holds a sign-in at the provider while it is under way. */
const underWay = '-provider';
/** Added to the names of the cookie that says when a session was last used. */
const lastUse = '-used';
/** For how long it is kept, in seconds: as long as a session. */
const lastUseSeconds = 12 * 3_600;
/** How long a sign-in at the provider may take, in seconds. */
const underWaySeconds = 600;

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
  return read(asking, '');
}

/** The sign-in at the provider that a browser has under way; undefined if there is none. */
export function underWayOf(asking: Asking): string | undefined {
  return read(asking, underWay);
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

/** Takes the credential from a browser, and when it was last used. */
export function clearCookie(reply: Answering, asking: Asking): void {
  reply.header('set-cookie', cookie(asking, '', 0));
  reply.header('set-cookie', cookie(asking, '', 0, lastUse));
}

/** When the session of a request was last used, as its browser was told; undefined if it was not. */
export function lastUseOf(asking: Asking): string | undefined {
  return read(asking, lastUse);
}

/** Tells a browser when its session was last used, so that every replica knows. */
export function keepLastUse(reply: Answering, asking: Asking, mark: string): void {
  reply.header('set-cookie', cookie(asking, mark, lastUseSeconds, lastUse));
}

/** Lets a browser keep a sign-in at the provider that is under way. */
export function keepUnderWay(reply: Answering, asking: Asking, value: string): void {
  reply.header('set-cookie', cookie(asking, value, underWaySeconds, underWay));
}

/** Takes it from the browser: it is used once. */
export function clearUnderWay(reply: Answering, asking: Asking): void {
  reply.header('set-cookie', cookie(asking, '', 0, underWay));
}

function cookie(
  asking: Asking,
  value: string,
  seconds: number,
  suffix: '' | typeof underWay | typeof lastUse = '',
): string {
  // The provider sends the browser back from a page of its own, to which a strict cookie is not returned.
  const sameSite = suffix === underWay ? 'Lax' : 'Strict';
  const rest = `Path=/; Max-Age=${seconds}; HttpOnly; SameSite=${sameSite}`;
  const isPlain = isAtLoopback(asking) && !isOverTls(asking);
  return isPlain
    ? `${onLoopback}${suffix}=${value}; ${rest}`
    : `${overTls}${suffix}=${value}; ${rest}; Secure`;
}

function read(asking: Asking, suffix: string): string | undefined {
  const text = asking.headers.cookie;
  if (typeof text !== 'string') return undefined;
  const found = valueIn(text, overTls + suffix);
  return found ?? (isAtLoopback(asking) ? valueIn(text, onLoopback + suffix) : undefined);
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

/** The first value of a name; its characters are those of keys with dots between. */
function valueIn(cookies: string, name: string): string | undefined {
  for (const part of cookies.split(';')) {
    const [its, value] = part.trim().split('=', 2);
    if (its === name && value !== undefined && /^[\w.-]{1,200}$/.test(value)) return value;
  }
  return undefined;
}
