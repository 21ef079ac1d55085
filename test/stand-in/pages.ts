import type { ReadReq } from '@eventstore/db-client/generated/streams_pb.js';
import { status } from '@grpc/grpc-js';
import { erased, type Log, type LogRecord } from './log.js';
import { invalidChoice, type Refusal, refusal, streamDeleted } from './protocol.js';

/** A place in the log; `prepare` may be lower than `commit` if a page ended between two records. */
export interface Place {
  commit: number;
  prepare: number;
}

/** A reader's next request, and its result. */
export interface Page {
  events: readonly LogRecord[];
  considered: number;
  from: Place;
  next: Place;
  isEnd: boolean;
}

export type Filter = (record: LogRecord) => boolean;

/** Records that a server reads together for a caller. */
export const pageSize = 32;

export function isAfter(one: Place, other: Place): boolean {
  return one.commit > other.commit || (one.commit === other.commit && one.prepare > other.prepare);
}

export function placeOf({ position }: LogRecord): Place {
  return { commit: position, prepare: position };
}

/** Events visible to readers of the whole log: all except the server's own. */
export const everything: Filter = ({ stream, revision }) => revision >= 0 && stream !== '$epoch-information';

/** The filter of a request; throws a `Refusal` if the request has none. */
export function filterOf(asked: ReadReq.Options.FilterOptions): Filter {
  const [expression, read] = asked.hasEventType()
    ? [asked.getEventType(), ({ type }: LogRecord) => type]
    : [asked.getStreamIdentifier(), ({ stream }: LogRecord) => stream];
  if (!expression) throw refusal(status.UNKNOWN, 'Exception was thrown by handler.');
  if (expression.getRegex() === '') {
    const prefixes = expression.getPrefixList();
    return (record) => everything(record) && prefixes.some((prefix) => read(record).startsWith(prefix));
  }
  const pattern = new RegExp(expression.getRegex(), 'u');
  return (record) => everything(record) && pattern.test(read(record));
}

/** The search window of a filtered page; throws a `Refusal` if the request has none. */
export function windowOf(asked: ReadReq.Options.FilterOptions): number {
  if (asked.hasMax()) return asked.getMax();
  if (asked.hasCount()) return pageSize;
  throw invalidChoice('ReadReq+Types+Options+Types+FilterOptions+WindowOneofCase');
}

/** The index of the first record at or after a position. */
function indexAt(records: readonly LogRecord[], position: number): number {
  let low = 0;
  let high = records.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((records[middle] as LogRecord).position < position) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** A page of the whole log from a place on, inclusive; undefined between two records. */
export function pageForwards(
  log: Log,
  from: Place,
  maxCount: number,
  window: number,
  filter: Filter,
): Page | undefined {
  const { records } = log;
  const events: LogRecord[] = [];
  let index = indexAt(records, from.commit);
  const first = records[index];
  if (first && first.position !== from.commit) return undefined;
  let considered = 0;
  let next = from;
  for (; events.length < maxCount && considered < window; index += 1) {
    const record = records[index];
    if (!record) return { events, considered, from, next, isEnd: true };
    if (record.revision < 0 || isAfter(from, placeOf(record))) continue;
    considered += 1;
    next = { commit: record.end, prepare: 0 };
    if (filter(record)) events.push(record);
  }
  return { events, considered, from, next, isEnd: false };
}

/** The events before a place, latest first; undefined between two records. */
export function eventsBackwards(
  log: Log,
  before: Place,
  count: number,
  filter: Filter,
): LogRecord[] | undefined {
  const { records } = log;
  const events: LogRecord[] = [];
  let index = indexAt(records, before.commit);
  if (before.commit !== log.tail && records[index]?.position !== before.commit) return undefined;
  for (index -= 1; index >= 0 && events.length < count; index -= 1) {
    const record = records[index] as LogRecord;
    if (isAfter({ commit: record.end, prepare: record.end }, before)) continue;
    if (filter(record)) events.push(record);
  }
  return events;
}

/** The result for a reader of one stream; `next` is the revision to continue from. */
export type StreamPage =
  | { is: 'found'; events: readonly LogRecord[]; next: number; last: number; isEnd: boolean }
  | { is: 'not-found' }
  | { is: 'deleted'; refusal: Refusal };

/** A page of a stream from a revision on, without events hidden by metadata. */
export function streamForwards(log: Log, stream: string, from: number, count: number): StreamPage {
  const found = shownOf(log, stream);
  if (found.is !== 'shown') return found;
  const { shown, first, last } = found;
  const end = from + Math.min(pageSize, count) - 1;
  if (end < first) return { is: 'found', events: [], next: first, last, isEnd: false };
  if (Math.max(from, first) > last) return { is: 'found', events: [], next: last + 1, last, isEnd: true };
  const events = shown.filter(({ revision }) => revision >= from && revision <= end);
  const later = shown.find(({ revision }) => revision > end)?.revision ?? last + 1;
  const next = events.length > 0 ? (events.at(-1) as LogRecord).revision + 1 : later;
  return { is: 'found', events, next, last, isEnd: end >= last || (events.length === 0 && later > last) };
}

/** The events of a stream up to a revision, latest first. */
export function streamBackwards(log: Log, stream: string, from: number, count: number): StreamPage {
  const found = shownOf(log, stream);
  if (found.is !== 'shown') return found;
  const events = found.shown.filter(({ revision }) => revision <= from).toReversed();
  return { is: 'found', events: events.slice(0, count), next: -1, last: found.last, isEnd: true };
}

function shownOf(
  log: Log,
  stream: string,
): Exclude<StreamPage, { is: 'found' }> | { is: 'shown'; shown: LogRecord[]; first: number; last: number } {
  const last = log.lastRevision(stream);
  if (last === erased) return { is: 'deleted', refusal: streamDeleted(stream) };
  if (last < 0 || log.isSoftDeleted(stream)) return { is: 'not-found' };
  const { maxAgeMs } = log.metadataOf(stream);
  const first = log.firstShown(stream);
  const oldest = maxAgeMs === undefined ? Number.NEGATIVE_INFINITY : log.now() - maxAgeMs;
  const shown = log.eventsOf(stream).slice(first);
  return { is: 'shown', shown: shown.filter(({ created }) => created >= oldest), first, last };
}
