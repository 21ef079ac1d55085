import type { FactSaid } from './facts.js';
import type { Entry, Outbox, Refusal, TakenBack } from './outbox.js';

/** What came of sending everything that waits. */
export type Sent =
  | { is: 'done' }
  /** Nothing could be sent further; after so many seconds it makes sense to try again. */
  | { is: 'interrupted'; why: 'no-network' | 'service'; retrySeconds?: number };

/** How long an answer is waited for, in milliseconds; without one the entry is sent again under the same id. */
const patienceMs = 20_000;

/** Problems that say nothing about the entry: it waits, as do those behind it. */
const passing = new Set([401, 403, 408, 425, 429]);

/**
 * Sends what waits, one after the other in the order in which it was made. An entry that is refused is marked with the reason,
 * and those behind it go on; without an answer everything waits, and nothing is sent twice but under its id.
 *
 * @param access headers that let one in, where a gateway asks for them
 */
export async function sendWaiting(
  outbox: Outbox,
  send: typeof fetch,
  access: Readonly<Record<string, string>> = {},
): Promise<Sent> {
  for (;;) {
    // Read anew each time, because another tab may have sent some, and more may have come.
    const next = (await outbox.entries()).find(({ state }) => state.is === 'waiting');
    if (!next) return { is: 'done' };
    const outcome = await sendOne(next, send, access);
    if ('interrupted' in outcome) return outcome.interrupted;
    await outbox.settle(next, outcome.state);
  }
}

async function sendOne(
  { id, project, fact, takesBack, by }: Entry,
  send: typeof fetch,
  access: Readonly<Record<string, string>>,
): Promise<{ state: Entry['state'] } | { interrupted: Sent & { is: 'interrupted' } }> {
  let answer: Response;
  let body: unknown;
  try {
    const entries = `/projects/${encodeURIComponent(project)}/entries`;
    answer = await send(takesBack ? `${entries}/${takesBack.entry}/withdrawal` : entries, {
      method: 'POST',
      headers: {
        ...access,
        'Content-Type': 'application/json',
        'Idempotency-Key': id,
        ...(by ? { 'Topout-By': by } : {}),
      },
      body: JSON.stringify(takesBack ? withdrawalOf(takesBack, fact) : fact),
      signal: AbortSignal.timeout(patienceMs),
    });
    body = await answer.json();
  } catch {
    return { interrupted: { is: 'interrupted', why: 'no-network' } };
  }
  if (answer.ok) {
    const { position, outcome } = body as { position: number; outcome: string };
    return { state: { is: 'recorded', position, alreadySaid: outcome === 'already-said' } };
  }
  if (answer.status >= 500 || passing.has(answer.status)) {
    const retrySeconds = Number(answer.headers.get('Retry-After')) || undefined;
    return { interrupted: { is: 'interrupted', why: 'service', retrySeconds } };
  }
  return { state: { is: 'refused', refusal: refusalOf(body, answer.status) } };
}

function withdrawalOf({ reason, isReplaced }: TakenBack, replacement: FactSaid): object {
  return { reason, ...(isReplaced ? { replacement } : {}) };
}

function refusalOf(body: unknown, status: number): Refusal {
  const { type, title, detail, errors } = body as Partial<{
    type: string;
    title: string;
    detail: string;
    errors: Refusal['errors'];
  }>;
  return {
    problem: type?.replace('/problems/', '') ?? String(status),
    detail: detail ?? title ?? `HTTP ${status}`,
    errors: errors ?? [],
  };
}
