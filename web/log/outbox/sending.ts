import { type FactSaid, whatOf } from '../forms/facts.js';
import { type Meaning, meaningOf, noAnswer } from './answered.js';
import type { Entry, Outbox, TakenBack } from './outbox.js';

/** What came of sending everything that waits. */
export type Sent =
  | { is: 'done' }
  /** Something waits on; after so many seconds it makes sense to try again. */
  | { is: 'interrupted'; why: Why; retrySeconds?: number };

/** Why something waits on. */
export type Why =
  /** Nobody answers. */
  | 'no-network'
  /** The service takes nothing now. */
  | 'service'
  /** Something else answers in its place, such as a login. */
  | 'gateway'
  /** Only some entries do not come through. */
  | 'single'
  /** The entries cannot be read on this device. */
  | 'device';

/** How long an answer is waited for, in milliseconds; without one the entry is sent again under the same id. */
const patienceMs = 20_000;

/**
 * Sends what waits, one after the other in the order in which it was made; nothing is sent twice but under its id.
 *
 * What the service refuses is set aside with the reason, and those behind it go on. Where something else answers, or nobody,
 * the service is asked a question: without an answer to it the way is closed, and everything waits. With one it is this entry
 * that does not come through: a refusal on the way sets it aside, a failure has it tried again later, and the others go on.
 *
 * @param headers that let one in where a gateway asks for them, and say the language of the person
 */
export async function sendWaiting(
  outbox: Outbox,
  send: typeof fetch,
  headers: Readonly<Record<string, string>> = {},
): Promise<Sent> {
  const passedOver = new Set<string>();
  let interrupted: Sent | undefined;
  for (;;) {
    // Read anew each time, because another tab may have sent some, and more may have come.
    const all = await outbox.entries();
    const next = all.find(
      (entry) => entry.state.is === 'waiting' && !passedOver.has(entry.id) && !isHeld(entry, all, passedOver),
    );
    if (!next) return interrupted ?? { is: 'done' };
    const meaning = await meaningOfSending(next, send, headers);
    if (meaning.is === 'later') return { ...meaning, is: 'interrupted', why: 'service' };
    if (meaning.is !== 'unclear') {
      await outbox.settle(next, meaning);
      continue;
    }
    const { refusal, mayPass, retrySeconds } = meaning;
    const retry = retrySeconds === undefined ? {} : { retrySeconds };
    // An entry that is too large is so on every way; of all others the way is tried.
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
 * True for an entry that makes no sense before another one is there: what it takes back; and what was said before it of the same
 * thing for the same day, while that is tried again by itself, because the later word of a day counts.
 */
function isHeld(entry: Entry, all: readonly Entry[], passedOver: ReadonlySet<string>): boolean {
  return all.some(
    (other) =>
      (other.id === entry.takesBack?.entry && other.state.is !== 'recorded') ||
      (passedOver.has(other.id) && isSaidAfter(entry, other)),
  );
}

/** True where one entry was made after another one, about the same thing and the same day. */
export function isSaidAfter(later: Entry, earlier: Entry): boolean {
  const stepOf = (fact: FactSaid) => ('step' in fact ? fact.step : undefined);
  return (
    later.order > earlier.order &&
    later.project === earlier.project &&
    whatOf(later.fact) === whatOf(earlier.fact) &&
    stepOf(later.fact) === stepOf(earlier.fact) &&
    later.fact.asOf === earlier.fact.asOf
  );
}

async function meaningOfSending(
  { id, project, fact, takesBack, by }: Entry,
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
        ...(by ? { 'Topout-By': by } : {}),
      },
      body: JSON.stringify(takesBack ? withdrawalOf(takesBack, fact) : fact),
      // A redirect leads to a login, whose page is no answer.
      redirect: 'manual',
      signal: AbortSignal.timeout(patienceMs),
    });
    return await meaningOf(answer);
  } catch {
    return noAnswer;
  }
}

/** Asks the service for a project, as the log does; undefined when it answers. */
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
    if (!answer.ok) return 'gateway';
    const { items } = Object(await answer.json().catch(() => undefined)) as { items?: unknown };
    return Array.isArray(items) ? undefined : 'gateway';
  } catch {
    return 'no-network';
  }
}

function withdrawalOf({ reason, isReplaced }: TakenBack, replacement: FactSaid): object {
  return { reason, ...(isReplaced ? { replacement } : {}) };
}
