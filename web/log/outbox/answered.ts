import type { Refusal } from './entry.js';
import { retrySecondsIn } from './retry-after.js';

/** The meaning of an answer: about the entry, or about the connection to the service. */
export type Meaning =
  | { is: 'recorded'; position: number; alreadySaid: boolean; notBegun?: true }
  /** The service has read the entry and refuses it. */
  | { is: 'refused'; refusal: Refusal }
  /** The service does not know who sends it, or knows somebody else. */
  | { is: 'signed-out' }
  /** The service itself reports that it accepts nothing now. */
  | { is: 'later'; retrySeconds?: number }
  /** Not an answer of the service about the entry; the cause may be this entry or the connection. */
  | { is: 'unclear'; refusal: Refusal; mayPass: boolean; retrySeconds?: number };

/** Statuses of temporary failures. */
const mayPass = (status: number) => status >= 500 || [408, 425, 429].includes(status);
/** Problems about access, not about the entry. */
const isOfAccess = (status: number, problem: string) =>
  [401, 403, 421].includes(status) && problem !== 'not-permitted';
/** True for a problem about who is signed in; `caller-fixed` comes when this phone does not know that somebody is. */
const isOfSignIn = (status: number, problem: string) => status === 401 || problem === 'caller-fixed';

/**
 * Distinguishes answers of the service from answers of something else: receipts and problems have a content type and a
 * shape, which the page of a login or gateway has not, whatever its status.
 */
export async function meaningOf(answer: Response): Promise<Meaning> {
  const { status } = answer;
  const seconds = retrySecondsIn(answer.headers, Date.now());
  const retry = seconds === undefined ? {} : { retrySeconds: seconds };
  // For an unfollowed redirect the browser reports nothing else.
  if (answer.type === 'opaqueredirect' || (status >= 300 && status < 400))
    return { is: 'unclear', refusal: byGateway(0, 'login', ''), mayPass: false };
  const text = await answer.text();
  const body = parsed(answer, text);
  if (answer.ok) {
    const receipt = receiptIn(body);
    if (receipt) return { is: 'recorded', ...receipt };
    return { is: 'unclear', refusal: byGateway(status, 'login', wordsIn(text)), mayPass: false };
  }
  const problem = problemIn(body);
  if (!problem) {
    const what = mayPass(status) ? 'failing' : status === 413 ? 'too-large' : 'refused';
    return {
      is: 'unclear',
      refusal: byGateway(status, what, wordsIn(text)),
      mayPass: mayPass(status),
      ...retry,
    };
  }
  const refusal: Refusal = { by: 'service', status, ...problem };
  if (isOfSignIn(status, problem.problem)) return { is: 'signed-out' };
  if (isOfAccess(status, problem.problem)) return { is: 'unclear', refusal, mayPass: false };
  // An unexpected status may be caused by this entry alone.
  if (status === 500) return { is: 'unclear', refusal, mayPass: true, ...retry };
  return mayPass(status) ? { is: 'later', ...retry } : { is: 'refused', refusal };
}

/** There was no answer. */
export const noAnswer: Meaning = { is: 'unclear', refusal: byGateway(0, 'cut', ''), mayPass: true };

function byGateway(status: number, problem: string, detail: string): Refusal {
  return { by: 'gateway', status, problem, detail, errors: [] };
}

function parsed(answer: Response, text: string): unknown {
  if (!/\bjson\b/.test(answer.headers.get('content-type') ?? '')) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function receiptIn(body: unknown): { position: number; alreadySaid: boolean; notBegun?: true } | undefined {
  const { position, outcome, notBegun } = Object(body) as Record<string, unknown>;
  if (!Number.isInteger(position) || (outcome !== 'recorded' && outcome !== 'already-said')) return undefined;
  return {
    position: position as number,
    alreadySaid: outcome === 'already-said',
    ...(notBegun === undefined ? {} : { notBegun: true }),
  };
}

function problemIn(body: unknown): Omit<Refusal, 'by' | 'status'> | undefined {
  const { type, title, detail, errors } = Object(body) as Partial<{
    type: unknown;
    title: string;
    detail: string;
    errors: Refusal['errors'];
  }>;
  if (typeof type !== 'string' || !type.startsWith('/problems/')) return undefined;
  return {
    problem: type.replace('/problems/', ''),
    ...(title === undefined ? {} : { title }),
    detail: detail ?? '',
    errors: errors ?? [],
  };
}

/** A short description of a page: its title, or the beginning of its text. */
function wordsIn(text: string): string {
  const [, title] = /<title[^>]*>([^<]*)/i.exec(text) ?? [];
  const words = title?.trim() || text.replaceAll(/<(style|script)[\s\S]*?<\/\1>|<[^>]*>/gi, ' ');
  return words.replaceAll(/\s+/g, ' ').trim().slice(0, 200);
}
