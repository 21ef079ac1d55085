import { randomUUID } from 'node:crypto';
import type { ReadReq } from '@eventstore/db-client/generated/streams_pb.js';
import { caughtUpAnswer, checkpointAnswer, confirmationAnswer, eventAnswer } from './answers.js';
import type { LiveFeed } from './feed.js';
import type { LogRecord } from './log.js';
import type { Outbox } from './outbox.js';
import { isAfter, type Page, type Place } from './pages.js';
import type { Refusal } from './protocol.js';

/** The source of a subscription: the whole log, filtered or not, or one stream. */
export interface Followed {
  /** Start after this place; undefined from the beginning, `end` for new events only. */
  after: Place | 'end' | undefined;
  /** The current place of the newest event. */
  newest(): Place;
  /** The next page from a place on, inclusive; a refusal if there is none. */
  page(from: Place): Page | Refusal;
  placeOf(record: LogRecord): Place;
  isWanted(record: LogRecord): boolean;
  /** Records between two checkpoints; undefined for no checkpoints. */
  checkpointEvery: number | undefined;
}

/** Maximum number of live records queued for a subscriber. */
export const liveRoom = 32;
const beginning: Place = { commit: -1, prepare: -1 };

/** A live message to a subscription. */
export interface Live {
  record?: LogRecord;
  checkpoint?: Place;
}

/** Runs a subscription to its end, like servers that go back to catching up when a subscriber is slow. */
export async function follow(
  outbox: Outbox,
  options: ReadReq.Options,
  followed: Followed,
  feed: LiveFeed,
): Promise<void> {
  let live: (Live & { sequence: number })[] = [];
  let sequence = 0;
  let wake = Promise.withResolvers<void>();
  const newest = followed.newest();
  const push = (entry: Live) => {
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

/** Converts newly stored records to live messages of a subscription. */
export function liveEntries(
  followed: Followed,
  newest: Place,
  push: (entry: Live) => void,
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
