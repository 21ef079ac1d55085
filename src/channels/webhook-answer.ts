import { isUtf8 } from 'node:buffer';
import type { Instant } from '../../domain/values/calendar.js';
import type { Outcome } from './channel.js';
import type { Answer } from './webhook-attempt.js';
import { hidden } from './webhook-hidden.js';

/** A receiver may put off the next attempt by this much; a stall is to be told sooner than its receiver may like. */
const longestPutOffMs = 60 * 60_000;

/** How much of an answer is repeated to the owner of the receiver. */
const keptBytes = 256;
/** So much more is looked at, so that no part of a URL is cut in two; no URL is longer. */
const longestUrl = 2_048;

/**
 * What an answer means for the notice. Only 413 is about this one notice, which will be as long the next time; any other
 * refusal, 400 and 401 too, may come of a receiver that is set up wrongly and is mended by the next attempt.
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

/** True when a receiver says the word back, bare or as the member `challenge`. */
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
 * The status and the beginning of the body, fit for a log: without control characters, half a character, or what it
 * repeats of the path and the query that were asked for.
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

/** What went wrong with an attempt, in the words of whatever noticed it. */
export function sentenceOf(error: unknown, url: string): string {
  const { message, code, reason } = error as NodeJS.ErrnoException & { reason?: unknown };
  // Of OpenSSL only the reason is for people; to a refused certificate Node adds advice for whoever starts it.
  const isHandshake = typeof reason === 'string' && code?.startsWith('ERR_SSL');
  const said = (
    isHandshake ? `the TLS handshake failed: ${reason}` : message || code || 'no reason given'
  ).replace(/; if the root CA .*$/, '');
  const text = hidden(said, url)
    .replaceAll(/\p{C}+/gu, ' ')
    .slice(0, keptBytes);
  return text.endsWith('.') ? text : `${text}.`;
}
