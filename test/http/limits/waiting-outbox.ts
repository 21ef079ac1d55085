import type { Entry, Kept } from '../../../web/log/outbox/entry.js';
import { nextOrder, Outbox, type Shelf } from '../../../web/log/outbox/outbox.js';
import { sendWaiting } from '../../../web/log/outbox/sending.js';

/** Entries of a phone in memory, as its database holds them. */
function shelf(): Shelf {
  const kept = new Map<string, Kept>();
  return {
    all: async () => [...kept.values()],
    append: async (made) => {
      const entry: Entry = { ...made, order: nextOrder([...kept.values()]) };
      kept.set(entry.id, entry);
      return entry;
    },
    put: async (entry) => void kept.set(entry.id, entry),
    remove: async (id) => void kept.delete(id),
  };
}

/** How the entries that waited in the outbox of a phone were recorded. */
interface Emptied {
  recorded: number;
  /** Entries that are in the journal more than once. */
  twice: number;
  /** Requests that were answered 429. */
  refused: number;
  /** Requests that came before the time that the answer before them asked for. */
  tooSoon: number;
}

/** Sends the entries of a phone that was away for long, by the code of the phone itself; time passes only while it waits. */
export async function emptyOutbox(
  at: string,
  key: string,
  count: number,
  clock: { ms: number },
): Promise<Emptied> {
  const outbox = new Outbox(shelf());
  for (let number = 0; number < count; number += 1)
    await outbox.add({
      project: 'quay',
      projectName: 'Quay',
      about: `Part ${number}`,
      fact: { type: 'MilestoneReached', item: `phone-${number}`, asOf: '2018-06-29' },
    });
  const found: Emptied = { recorded: 0, twice: 0, refused: 0, tooSoon: 0 };
  let notBeforeMs = 0;
  const send = async (path: unknown, init?: RequestInit) => {
    if (clock.ms < notBeforeMs) found.tooSoon += 1;
    const answer = await fetch(at + String(path), init);
    if (answer.status === 429) {
      found.refused += 1;
      notBeforeMs = clock.ms + Number(answer.headers.get('retry-after')) * 1_000;
    }
    return answer;
  };
  for (let tries = 0; tries < 60; tries += 1) {
    const sent = await sendWaiting(outbox, send as typeof fetch, { authorization: `Bearer ${key}` });
    if (sent.is === 'done') break;
    clock.ms += (sent.retrySeconds ?? 1) * 1_000;
  }
  const items = await journal(at, key);
  const ofPhone = items.filter((item) => item.startsWith('phone-'));
  found.recorded = new Set(ofPhone).size;
  found.twice = ofPhone.length - found.recorded;
  return found;
}

/** The items of every entry in the journal. */
async function journal(at: string, key: string): Promise<string[]> {
  const items: string[] = [];
  for (let cursor = ''; ; ) {
    const url = `${at}/projects/quay/journal?limit=500${cursor && `&cursor=${encodeURIComponent(cursor)}`}`;
    const answer = await fetch(url, { headers: { authorization: `Bearer ${key}` } });
    const page = (await answer.json()) as { items: { data?: { item?: string } }[]; next?: string };
    items.push(...page.items.flatMap(({ data }) => data?.item ?? []));
    if (page.next === undefined) return items;
    cursor = page.next;
  }
}
