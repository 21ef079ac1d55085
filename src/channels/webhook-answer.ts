import { isUtf8 } from 'node:buffer';
import type { Instant } from '../../domain/values/days/calendar.js';
import { msPerHour } from '../../domain/values/days/durations.js';
import type { Outcome } from './channel.js';
import type { Answer } from './webhook-attempt.js';
import { hidden } from './webhook-hidden.js';

/** The longest delay a receiver may request; stalls are urgent. */
const longestPutOffMs = msPerHour;

/** Maximum length of an answer that is shown to the owner of the receiver. */
const keptBytes = 256;
/** Look-ahead, so that no part of a URL is cut in two; no URL is longer. */
const longestUrl = 2_048;

/**
 * The outcome of an answer. Only 413 is about this notice, which will not get shorter; any other refusal, including 400
 * and 401, may be a misconfiguration that is mended by the next attempt.
 */
export function outcomeOf(answer: Answer, now: Instant, url: string): Outcome {
  const { status } = answer;
  const why = `It answered ${seenIn(answer, url)}.`;
  if (status >= 200 && status < 300) return { kind: 'accepted', status };
  if (status === 410) return { kind: 'gone', why, status };
  if (status === 413) return { kind: 'refused', why, status };
  if (status >= 300 && status < 400)
    return { kind: 'failed', why: `It answered ${status}; redirects are not followed.`, status };
  const retryAfterMs = putOffMs(answer.retryAfter, now);
  return { kind: 'failed', why, status, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
}

/** The milliseconds of a Retry-After (RFC 9110, 10.2.3), in seconds or as a date; at most an hour. */
function putOffMs(text: string | undefined, now: Instant): number | undefined {
  if (text === undefined) return undefined;
  const isSeconds = /^\d+$/.test(text);
  const ms = isSeconds ? Number(text) * 1000 : Date.parse(text) - Date.parse(now);
  return Number.isNaN(ms) ? undefined : Math.min(Math.max(ms, 0), longestPutOffMs);
}

/** True if a receiver echoes the challenge, bare or as the member `challenge`. */
export function echoes(body: Buffer, challenge: string): boolean {
  if (!isUtf8(body)) return false;
  const text = body.toString().trim();
  if (text === challenge) return true;
  try {
    const said: unknown = JSON.parse(text);
    return typeof said === 'object' && said !== null && 'challenge' in said && said.challenge === challenge;
  } catch {
    return false;
  }
}

/**
 * The status and the beginning of the body, safe to log: without control characters, half characters, or echoed parts
 * of the URL's path and query.
 */
export function seenIn({ status, body }: Answer, url: string): string {
  const beginning = hidden(body.subarray(0, keptBytes + longestUrl).toString(), url);
  const text = Buffer.from(beginning)
    .subarray(0, keptBytes)
    .toString()
    .replaceAll(/[\s\p{C}\uFFFD]+/gu, ' ')
    .trim();
  return text === '' ? `${status}` : `${status}: ${JSON.stringify(text)}`;
}

/** The error of an attempt, in the words of its source. */
export function sentenceOf(error: unknown, url: string): string {
  const { message, code, reason } = error as NodeJS.ErrnoException & { reason?: unknown };
  // Of an OpenSSL error only the reason is readable; Node appends developer advice to certificate errors.
  const isHandshake = typeof reason === 'string' && code?.startsWith('ERR_SSL');
  const said = (
    isHandshake ? `the TLS handshake failed: ${reason}` : message || code || 'no reason given'
  ).replace(/; if the root CA .*$/, '');
  const text = hidden(said, url)
    .replaceAll(/\p{C}+/gu, ' ')
    .slice(0, keptBytes);
  return text.endsWith('.') ? text : `${text}.`;
}
