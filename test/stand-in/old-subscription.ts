import { randomUUID } from 'node:crypto';
import type { ReadReq } from '@eventstore/db-client/generated/streams_pb.js';
import { status } from '@grpc/grpc-js';
import { caughtUpAnswer, checkpointAnswer, confirmationAnswer, eventAnswer } from './answers.js';
import type { LiveFeed } from './feed.js';
import type { LogRecord } from './log.js';
import type { Outbox } from './outbox.js';
import { isAfter, type Place } from './pages.js';
import { handlerThrew, refusal, timedOut } from './protocol.js';
import { type Followed, type Live, liveEntries, liveRoom } from './subscription.js';

/** Runs a subscription like servers before 24.2: one that is 32 live events behind is dropped. */
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
  const live: Live[] = [];
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
