import type { ReadReq, ReadResp } from '@eventstore/db-client/generated/streams_pb.js';
import { type handleServerStreamingCall, status } from '@grpc/grpc-js';
import { boundAnswer, eventAnswer, notFoundAnswer } from './answers.js';
import { erased, type LogRecord } from './log.js';
import { objection, type StandInNode } from './node.js';
import { followOrDrop } from './old-subscription.js';
import { Outbox, type ReadCall } from './outbox.js';
import {
  eventsBackwards,
  everything,
  type Filter,
  filterOf,
  type Page,
  type Place,
  pageForwards,
  pageSize,
  placeOf,
  streamBackwards,
  streamForwards,
  windowOf,
} from './pages.js';
import { handlerThrew, nameOf, type Refusal, refusal, streamDeleted } from './protocol.js';
import { type Followed, follow } from './subscription.js';

/** Streams.Read: pages of a stream or of the whole log, and subscriptions to either. */
export function readHandler(node: StandInNode): handleServerStreamingCall<ReadReq, ReadResp> {
  return (call) => {
    const outbox = new Outbox(call, () => node.faults.isSilent);
    void answer(node, call, outbox).catch((error) => outbox.finish('code' in error ? error : handlerThrew));
  };
}

async function answer(node: StandInNode, call: ReadCall, outbox: Outbox): Promise<void> {
  const options = call.request.getOptions();
  const refused = options ? objection(node, call, 'read') : handlerThrew;
  if (!options || refused) return outbox.finish(refused ?? handlerThrew);
  if (options.hasSubscription()) return subscribe(node, outbox, options);
  node.counters.reads += 1;
  const count = Number(options.getCount());
  node.counters.largestCount = Math.max(node.counters.largestCount, count);
  // A real server never answers a read of nothing.
  if (count === 0) return;
  const isStream = options.hasStream();
  if (isStream) await readStream(node, outbox, options, count);
  else if (options.getReadDirection() === 0) await readForwards(node, outbox, options, count);
  else await readBackwards(node, outbox, options, count);
  outbox.finish('done');
}

async function readStream(
  node: StandInNode,
  outbox: Outbox,
  options: ReadReq.Options,
  count: number,
): Promise<void> {
  const asked = options.getStream();
  const stream = nameOf(asked?.getStreamIdentifier());
  const isBackwards = options.getReadDirection() === 1;
  const from = asked?.hasRevision() ? Number(asked.getRevision()) : asked?.hasEnd() ? erased : 0;
  if (asked?.hasEnd() && !isBackwards) {
    return outbox.finish(refusal(status.UNKNOWN, 'Unexpected ReadStreamResult: Error'));
  }
  const saysBounds = (options.getControlOption()?.getCompatibility() ?? 0) >= 1;
  let start = from;
  for (let sent = 0; ; ) {
    const page = (isBackwards ? streamBackwards : streamForwards)(node.log, stream, start, count);
    if (page.is === 'not-found') return outbox.put(notFoundAnswer(stream));
    if (page.is === 'deleted') return outbox.finish(page.refusal);
    const isMoved = !isBackwards && sent === 0 && page.events.length === 0 && page.next !== start;
    if (saysBounds && isMoved) await outbox.put(boundAnswer('first', page.next));
    for (const event of page.events.slice(0, count - sent)) await outbox.put(eventAnswer(event, options));
    sent += page.events.length;
    start = page.next;
    if (page.isEnd || sent >= count || outbox.isOver) {
      if (saysBounds) await outbox.put(boundAnswer('last', page.last));
      return;
    }
  }
}

async function readForwards(
  node: StandInNode,
  outbox: Outbox,
  options: ReadReq.Options,
  count: number,
): Promise<void> {
  const { filter, window } = wantedOf(options);
  let from = startOf(node, options);
  for (let sent = 0; sent < count && !outbox.isOver; ) {
    const page = pageForwards(node.log, from, Math.min(pageSize, count), window, filter);
    if (!page) return outbox.finish(invalidRead(options, 'InvalidPosition'));
    for (const event of page.events.slice(0, count - sent)) await outbox.put(eventAnswer(event, options));
    sent += page.events.length;
    if (page.isEnd) return;
    from = page.next;
  }
}

async function readBackwards(
  node: StandInNode,
  outbox: Outbox,
  options: ReadReq.Options,
  count: number,
): Promise<void> {
  const { filter } = wantedOf(options);
  const before = startOf(node, options);
  if (before.commit > node.log.tail) return outbox.finish(invalidRead(options, 'Error'));
  const events = eventsBackwards(node.log, before, count, filter);
  if (!events) return outbox.finish(invalidRead(options, 'InvalidPosition'));
  for (const event of events) await outbox.put(eventAnswer(event, options));
}

function invalidRead(options: ReadReq.Options, result: string): Refusal {
  return refusal(
    status.UNKNOWN,
    `Unexpected ${options.hasFilter() ? 'Filtered' : ''}ReadAllResult: ${result}`,
  );
}

function wantedOf(options: ReadReq.Options): { filter: Filter; window: number } {
  const asked = options.getFilter();
  if (!asked) return { filter: everything, window: Number.POSITIVE_INFINITY };
  return { filter: filterOf(asked), window: windowOf(asked) };
}

/** Where a read of the whole log starts. */
function startOf(node: StandInNode, options: ReadReq.Options): Place {
  const asked = options.getAll();
  const position = asked?.getPosition();
  if (position) return placeIn(position);
  const edge = asked?.hasEnd() ? node.log.tail : 0;
  return { commit: edge, prepare: edge };
}

function placeIn(position: ReadReq.Options.Position): Place {
  const place = {
    commit: Number(position.getCommitPosition()),
    prepare: Number(position.getPreparePosition()),
  };
  if (place.prepare > place.commit) throw handlerThrew;
  return place;
}

async function subscribe(node: StandInNode, outbox: Outbox, options: ReadReq.Options): Promise<void> {
  const followed = options.hasStream() ? followedStream(node, options) : followedLog(node, options);
  if ('code' in followed) return outbox.finish(followed);
  node.counters.subscriptionsStarted += 1;
  node.counters.subscriptionsOpen += 1;
  void outbox.ended.then(() => {
    node.counters.subscriptionsOpen -= 1;
  });
  await (node.options.kind === 'new' ? follow : followOrDrop)(outbox, options, followed, node.feed);
}

function followedLog(node: StandInNode, options: ReadReq.Options): Followed {
  const { log } = node;
  const asked = options.getAll();
  const position = asked?.getPosition();
  const { filter, window } = wantedOf(options);
  const multiplier = options.getFilter()?.getCheckpointintervalmultiplier();
  if (multiplier === 0) throw handlerThrew;
  return {
    after: position ? placeIn(position) : asked?.hasEnd() ? 'end' : undefined,
    newest: () => ({ commit: log.lastPosition, prepare: log.lastPosition }),
    page: (from) =>
      pageForwards(log, from, pageSize, window, filter) ??
      refusal(status.INVALID_ARGUMENT, 'Trying to read from an invalid position.'),
    placeOf,
    isWanted: filter,
    checkpointEvery: multiplier && multiplier * window,
  };
}

function followedStream(node: StandInNode, options: ReadReq.Options): Followed | Refusal {
  const { log } = node;
  const asked = options.getStream();
  const stream = nameOf(asked?.getStreamIdentifier());
  const at = (revision: number): Place => ({ commit: revision, prepare: revision });
  if (log.lastRevision(stream) === erased) return streamDeleted(stream);
  return {
    after: asked?.hasRevision() ? at(Number(asked.getRevision())) : asked?.hasEnd() ? 'end' : undefined,
    newest: () => at(log.lastRevision(stream)),
    page: (from): Page | Refusal => {
      const found = streamForwards(log, stream, from.commit, pageSize);
      if (found.is === 'deleted') return found.refusal;
      if (found.is === 'not-found') return { events: [], considered: 0, from, next: from, isEnd: true };
      const { events, next, isEnd } = found;
      return { events, considered: events.length, from, next: at(next), isEnd };
    },
    placeOf: ({ revision }: LogRecord) => at(revision),
    isWanted: (record) => record.stream === stream,
    checkpointEvery: undefined,
  };
}
