import { randomUUID } from 'node:crypto';
import type { ReadReq } from '@eventstore/db-client/generated/streams_pb.js';
import { status } from '@grpc/grpc-js';
import {
  caughtUpAnswer,
  checkpointAnswer,
  confirmationAnswer,
  eventAnswer,
} from './event-store-stand-in-answers.js';
import type { LiveFeed } from './event-store-stand-in-feed.js';
import type { LogRecord } from './event-store-stand-in-log.js';
import type { Outbox } from './event-store-stand-in-outbox.js';
import { isAfter, type Page, type Place } from './event-store-stand-in-pages.js';
import { handlerThrew, type Refusal, refusal, timedOut } from './event-store-stand-in-protocol.js';

/** What a subscription follows: the whole log, filtered or not, or one stream. */
export interface Followed {
  /** Where to start: after this place; undefined from the beginning, `end` with what comes now. */
  after: Place | 'end' | undefined;
  /** Where the newest event is now. */
  newest(): Place;
  /** The next page from a place on, the event at it included; a refusal when there is none to be had. */
  page(from: Place): Page | Refusal;
  placeOf(record: LogRecord): Place;
  isWanted(record: LogRecord): boolean;
  /** Records between two checkpoints; undefined sends none. */
  checkpointEvery: number | undefined;
}

const liveRoom = 32;
const beginning: Place = { commit: -1, prepare: -1 };

interface Live {
  sequence: number;
  record?: LogRecord;
  checkpoint?: Place;
}

/** Runs a subscription to its end, as servers do that go back to catching up when a subscriber is slow. */
export async function follow(
  outbox: Outbox,
  options: ReadReq.Options,
  followed: Followed,
  feed: LiveFeed,
): Promise<void> {
  let live: Live[] = [];
  let sequence = 0;
  let wake = Promise.withResolvers<void>();
  const newest = followed.newest();
  const push = (entry: Omit<Live, 'sequence'>) => {
    sequence += 1;
    live.push({ sequence, ...entry });
    if (live.length > liveRoom) live = live.slice(1);
    wake.resolve();
  };
  const leave = feed.join(liveEntries(followed, newest, push));
  void outbox.ended.then(() => {
    leave();
    wake.resolve();
  });

  let place = followed.after === 'end' ? newest : (followed.after ?? beginning);
  let seen = 0;
  let sentCheckpoint: Place | undefined;
  const sendCheckpoint = async (at: Place) => {
    if (followed.checkpointEvery === undefined) return;
    if (sentCheckpoint && !isAfter(at, sentCheckpoint)) return;
    sentCheckpoint = at;
    await outbox.put(checkpointAnswer(at));
  };
  const sendEvent = async (record: LogRecord) => {
    await outbox.put(eventAnswer(record, options));
    place = followed.placeOf(record);
  };
  const catchUp = async (): Promise<Refusal | undefined> => {
    let considered = 0;
    for (let from = place.commit < 0 ? { commit: 0, prepare: 0 } : place; !outbox.isOver; ) {
      const page = followed.page(from);
      if ('code' in page) return page;
      for (const record of page.events) {
        if (isAfter(followed.placeOf(record), place)) await sendEvent(record);
      }
      considered += page.considered;
      if (page.isEnd) {
        await sendCheckpoint(place);
        return undefined;
      }
      if (followed.checkpointEvery !== undefined && considered >= followed.checkpointEvery) {
        considered %= followed.checkpointEvery;
        if (isAfter(page.from, place)) place = page.from;
        await sendCheckpoint(place);
      }
      from = page.next;
    }
    return undefined;
  };
  const goLive = async () => {
    await outbox.put(caughtUpAnswer());
    while (!outbox.isOver) {
      const entry = live.shift();
      if (!entry) {
        wake = Promise.withResolvers();
        await wake.promise;
        continue;
      }
      const isInOrder = entry.sequence === seen + 1;
      seen = entry.sequence;
      if (entry.record && !isAfter(followed.placeOf(entry.record), place)) continue;
      if (entry.checkpoint && isAfter(place, entry.checkpoint)) continue;
      if (!isInOrder) {
        await sendCheckpoint(place);
        return;
      }
      if (entry.record) await sendEvent(entry.record);
      else if (entry.checkpoint) {
        place = entry.checkpoint;
        await sendCheckpoint(place);
      }
    }
  };

  await outbox.put(confirmationAnswer(randomUUID()));
  if (!isAfter(newest, place)) await goLive();
  while (!outbox.isOver) {
    const refused = await catchUp();
    if (refused) return outbox.finish(refused);
    await goLive();
  }
}

/** Runs a subscription as servers before 24.2 do: one that is 32 live events behind is dropped. */
export async function followOrDrop(
  outbox: Outbox,
  options: ReadReq.Options,
  followed: Followed,
  feed: LiveFeed,
): Promise<void> {
  const send = async (record: LogRecord) => outbox.put(eventAnswer(record, options));
  const checkpoint = async (at: Place) => outbox.put(checkpointAnswer(at));
  let considered = 0;
  let from: Place = { commit: 0, prepare: 0 };
  let skipped: Place | undefined;
  if (followed.after && followed.after !== 'end') {
    skipped = from = followed.after;
    if ('code' in followed.page(from)) return outbox.finish(handlerThrew);
  }
  await outbox.put(confirmationAnswer(randomUUID()));
  while (followed.after !== 'end' && !outbox.isOver) {
    const page = followed.page(from);
    if ('code' in page)
      return outbox.finish(refusal(status.UNKNOWN, 'Unexpected FilteredReadAllResult: InvalidPosition'));
    let last = page.from;
    for (const record of page.events) {
      last = followed.placeOf(record);
      if (!skipped || isAfter(last, skipped)) await send(record);
    }
    considered += page.considered;
    from = page.next;
    if (page.isEnd) break;
    if (followed.checkpointEvery !== undefined && considered >= followed.checkpointEvery) {
      considered %= followed.checkpointEvery;
      await checkpoint(last);
    }
  }
  const live: Omit<Live, 'sequence'>[] = [];
  let wake = Promise.withResolvers<void>();
  let isTooSlow = false;
  const leave = feed.join(
    liveEntries(
      followed,
      followed.newest(),
      (entry) => {
        if (live.length >= liveRoom) isTooSlow = true;
        else live.push(entry);
        wake.resolve();
      },
      considered,
    ),
  );
  void outbox.ended.then(() => wake.resolve());
  await outbox.put(caughtUpAnswer());
  while (!outbox.isOver && !isTooSlow) {
    const entry = live.shift();
    if (entry?.record) await send(entry.record);
    else if (entry?.checkpoint) await checkpoint(entry.checkpoint);
    else {
      wake = Promise.withResolvers();
      await wake.promise;
    }
  }
  leave();
  outbox.finish(timedOut('Consumer too slow to handle event while live. Client resubscription required.'));
}

/** Turns records that are stored from now on into what a subscription is told live. */
function liveEntries(
  followed: Followed,
  newest: Place,
  push: (entry: Omit<Live, 'sequence'>) => void,
  counted = 0,
): (record: LogRecord) => void {
  let count = counted;
  return (record) => {
    const at = followed.placeOf(record);
    if (!isAfter(at, newest)) return;
    if (followed.isWanted(record)) push({ record });
    if (followed.checkpointEvery === undefined) return;
    count += 1;
    if (count < followed.checkpointEvery) return;
    count = 0;
    push({ checkpoint: at });
  };
}
