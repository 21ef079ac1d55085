import { authorHeader } from '../../../domain/values/author.js';
import type { FactSaid } from '../../forms/said/facts.js';
import { subjectOf } from '../../forms/said/what.js';
import { type Meaning, meaningOf, noAnswer } from './answered.js';
import { type Entry, heldLeftMs, type TakenBack } from './entry.js';
import type { Outbox } from './outbox.js';

/** The result of sending all waiting entries. */
export type Sent =
  | { is: 'done' }
  /** Entries are left; try again after this many seconds. */
  | { is: 'interrupted'; why: Why; retrySeconds?: number };

/** Why entries are left. */
type Why =
  /** No answer. */
  | 'no-network'
  /** The service accepts nothing now. */
  | 'service'
  /** Something else answers instead of the service, such as a login page. */
  | 'gateway'
  /** The service asks for a sign-in. */
  | 'signed-out'
  /** Only some entries fail. */
  | 'single'
  /** The entries on this device cannot be read. */
  | 'device';

/** Milliseconds to wait for an answer; after that the entry is sent again under the same id. */
const patienceMs = 20_000;

/**
 * Sends the waiting entries one by one in order of creation; every retry uses the same id.
 *
 * An entry that the service refuses is set aside with the reason, and the next ones are sent. If something else
 * answers, or nothing, the service is probed: without an answer everything waits. With an answer this entry is the
 * cause: a refusal on the way sets it aside, a failure has it retried later, and the others are sent.
 *
 * @param headers that grant access at a gateway, and name the user's language
 * @param isOwn true for the entries that the present user may send
 * @param nowMs the time of the device: entries that are still held are not sent
 */
export async function sendWaiting(
  outbox: Outbox,
  send: typeof fetch,
  headers: Readonly<Record<string, string>> = {},
  isOwn: (entry: Entry) => boolean = () => true,
  nowMs: () => number = Date.now,
): Promise<Sent> {
  const passedOver = new Set<string>();
  let interrupted: Sent | undefined;
  for (;;) {
    // Read again each time, because another tab may have sent some, and new ones may have been added.
    const all = await outbox.entries();
    const now = nowMs();
    const left = new Set(all.filter((entry) => heldLeftMs(entry, now) > 0).map(({ id }) => id));
    for (const id of passedOver) left.add(id);
    const first = all.find(
      (entry) =>
        entry.state.is === 'waiting' && isOwn(entry) && !left.has(entry.id) && !dependsOn(entry, all, left),
    );
    if (!first) return interrupted ?? { is: 'done' };
    const next = await outbox.begin(first);
    if (!next) continue;
    const meaning = await meaningOfSending(next, send, headers);
    if (meaning.is === 'later') return { ...meaning, is: 'interrupted', why: 'service' };
    if (meaning.is === 'signed-out') return { is: 'interrupted', why: 'signed-out' };
    if (meaning.is !== 'unclear') {
      await outbox.settle(next, meaning);
      continue;
    }
    const { refusal, mayPass, retrySeconds } = meaning;
    const retry = retrySeconds === undefined ? {} : { retrySeconds };
    // A too large entry is too large for every connection; for all other entries the connection is probed.
    const closed = refusal.problem === 'too-large' ? undefined : await whyClosed(send, headers);
    if (closed) return { is: 'interrupted', why: closed, ...retry };
    if (!mayPass) {
      await outbox.settle(next, { is: 'refused', refusal });
      continue;
    }
    const before = next.state.is === 'waiting' ? next.state.trouble : undefined;
    const trouble = { attempts: (before?.attempts ?? 0) + 1, last: refusal };
    await outbox.settle(next, { is: 'waiting', trouble });
    passedOver.add(next.id);
    interrupted = { is: 'interrupted', why: 'single', ...retry };
  }
}

/**
 * True for an entry that depends on an earlier one: the entry it withdraws, or an earlier entry for the same subject
 * and day that is left for later, because the later entry of a day counts.
 */
function dependsOn(entry: Entry, all: readonly Entry[], left: ReadonlySet<string>): boolean {
  return all.some(
    (other) =>
      (other.id === entry.takesBack?.entry && other.state.is !== 'recorded') ||
      (left.has(other.id) && isSaidAfter(entry, other)),
  );
}

/** True if one entry was created after another for the same subject and day. */
export function isSaidAfter(later: Entry, earlier: Entry): boolean {
  return (
    later.order > earlier.order &&
    later.project === earlier.project &&
    later.fact.asOf === earlier.fact.asOf &&
    subjectOf(later.fact) === subjectOf(earlier.fact)
  );
}

async function meaningOfSending(
  { id, project, fact, takesBack, by, owner }: Entry,
  send: typeof fetch,
  headers: Readonly<Record<string, string>>,
): Promise<Meaning> {
  const entries = `/projects/${encodeURIComponent(project)}/entries`;
  try {
    const answer = await send(takesBack ? `${entries}/${takesBack.entry}/withdrawal` : entries, {
      method: 'POST',
      headers: {
        ...headers,
        'Content-Type': 'application/json',
        'Idempotency-Key': id,
        ...(by && !owner ? { 'Topout-By': authorHeader(by) } : {}),
      },
      body: JSON.stringify(takesBack ? withdrawalOf(takesBack, fact) : fact),
      // A redirect leads to a login, whose page is not an answer.
      redirect: 'manual',
      signal: AbortSignal.timeout(patienceMs),
    });
    return await meaningOf(answer);
  } catch {
    return noAnswer;
  }
}

/** Fetches a project, as the log does; undefined without an answer. */
async function whyClosed(
  send: typeof fetch,
  headers: Readonly<Record<string, string>>,
): Promise<Why | undefined> {
  try {
    const answer = await send('/projects?limit=1', {
      headers: { ...headers, Accept: 'application/json' },
      cache: 'no-store',
      redirect: 'manual',
      signal: AbortSignal.timeout(patienceMs),
    });
    if (answer.status >= 500 || answer.status === 429) return 'service';
    if (answer.status === 401 && isProblem(await answer.json().catch(() => undefined))) return 'signed-out';
    if (!answer.ok) return 'gateway';
    const { items } = Object(await answer.json().catch(() => undefined)) as { items?: unknown };
    return Array.isArray(items) ? undefined : 'gateway';
  } catch {
    return 'no-network';
  }
}

/** True for a problem of the service itself. */
function isProblem(body: unknown): boolean {
  const { type } = Object(body) as { type?: unknown };
  return typeof type === 'string' && type.startsWith('/problems/');
}

function withdrawalOf({ reason, isReplaced }: TakenBack, replacement: FactSaid): object {
  return { reason, ...(isReplaced ? { replacement } : {}) };
}
