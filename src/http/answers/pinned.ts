import { isObject } from '../validation/rules.js';

/** The basis of an answer, as headers. */
export interface Pinned {
  /** The URL under which exactly this answer stays available, whatever is recorded later. */
  'content-location': string;
  etag: string;
  /** The next page, as known at the same position. */
  link?: string;
}

/** A point of the two clocks in an answer; answers about alerts have no day. */
interface Point {
  asOf?: string;
  position: number;
}

/**
 * The permanent URL of an answer about a moment: with its day and position (RFC 9110, 8.7). Undefined for an answer
 * about no moment, and for one that lacks what a view has parked, because it changes once that is mended.
 */
export function pinned(url: string, answer: object, language: string): Pinned | undefined {
  const { next } = answer as { next?: unknown };
  const query = queryAt(url, answer);
  if (!query || 'parked' in answer) return undefined;
  const [path = ''] = url.split('?', 1);
  query.delete('after');
  const at = query.toString();
  const moment = ['asOf', 'knownAt', 'from', 'to', 'until'].map((name) => query.get(name) ?? '').join('@');
  const location = `${path}?${at}`;
  const headers = { 'content-location': location, etag: `"${moment}-${language}"` };
  if (typeof next !== 'string') return headers;
  query.set('cursor', next);
  return { ...headers, link: `<${path}?${query}>; rel="next"` };
}

function queryAt(url: string, answer: object): URLSearchParams | undefined {
  const query = new URL(url, 'http://here').searchParams;
  const { from, to } = answer as { from?: unknown; to?: unknown };
  const [point, earlier, later] = [pointIn(answer), pointIn(from), pointIn(to)];
  if (point) {
    if (point.asOf !== undefined) query.set('asOf', point.asOf);
    query.set('knownAt', String(point.position));
    // An explanation lists what was recorded after its moment, too.
    if ('until' in answer) query.set('until', String(answer.until));
    return query;
  }
  if (!earlier || !later) return undefined;
  if (query.get('clock') === 'knownAt') {
    if (later.asOf !== undefined) query.set('asOf', later.asOf);
    query.set('from', String(earlier.position));
    query.set('to', String(later.position));
  } else {
    query.set('from', earlier.asOf ?? '');
    query.set('to', later.asOf ?? '');
    query.set('knownAt', String(later.position));
  }
  return query;
}

function pointIn(value: unknown): Point | undefined {
  if (!isObject(value) || !isObject(value.knownAt) || typeof value.knownAt.position !== 'number')
    return undefined;
  const { asOf } = value;
  return { position: value.knownAt.position, ...(typeof asOf === 'string' ? { asOf } : {}) };
}
