import { setTimeout as pause } from 'node:timers/promises';
import type { AnyRecordedEvent } from '../../domain/log/any-event.js';
import type { EventPage } from '../../src/event-store/event-store.js';
import { openEventStoreDb } from '../../src/event-store/eventstoredb/eventstoredb.js';
import { clusterPorts } from '../../test/support/event-store-cluster.js';
import { temporaryFolder } from '../../test/support/event-store-ports.js';
import { onePageAtATime } from '../../test/support/one-page-at-a-time.js';

// Reads all events at a URL, and follows it with a slow handler; prints the number of events and the maximum growth of
// its memory in bytes. With `keeps` the reader keeps every page.
const [url = '', prefix = '', how = ''] = process.argv.slice(2);
const handlingMs = 20;
const gcEveryMs = 500;

const folder = temporaryFolder();
let rss = 0;
let held = 0;
const look = () => {
  rss = Math.max(rss, process.memoryUsage.rss());
};
const lookAfterGc = () => {
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  held = Math.max(held, heapUsed + external);
};
const looking = [setInterval(look, 20), setInterval(lookAfterGc, gcEveryMs)];
const kept: (readonly AnyRecordedEvent[])[] = [];
const counts = { read: 0, followed: 0 };

const store = openEventStoreDb({ url, prefix, indexPath: folder.file('index.db') }, clusterPorts);
let position = 0;
const handle = async (events: EventPage) => {
  counts.followed += events.length;
  if (events.length > 1) await pause(handlingMs);
};
onePageAtATime(store, 0, handle).subscribe((events) => {
  position = events.at(-1)?.position ?? position;
});
let end = 0;
for await (const page of store.readAll()) {
  end = page.at(-1)?.position ?? end;
  counts.read += page.length;
  if (how === 'keeps') kept.push(page);
}
while (position < end) await pause(handlingMs);
for (const timer of looking) clearInterval(timer);
look();
lookAfterGc();
await store.close();
folder.remove();
console.log(JSON.stringify({ ...counts, rss, held, pages: kept.length }));
process.exit(0);
