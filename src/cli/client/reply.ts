import { exitCodeOf, exitCodes } from '../../composition/exit-codes.js';
import { bundleType } from '../../ledger/bundle-format.js';
import { Failure, failure, type Problem } from './failure.js';

/** The answer of the service: its text, and its parsed body. */
export interface Answer<Body> {
  text: string;
  /** For CSV, plain text and bundles the text itself; undefined for an answer without content. */
  body: Body;
  /** True if the same id had been answered before. */
  isReplay: boolean;
}

/**
 * Reads the whole text of an answer by its content type: JSON, NDJSON, CSV, plain text or a bundle.
 *
 * @throws Failure a problem of the service, or an answer that is not from Topout
 */
export function read<Body>(response: Response, text: string): Answer<Body> {
  refuseProblem(response, text);
  const isReplay = response.headers.get('idempotent-replayed') === 'true';
  if (response.status === 204) return { text, body: undefined as Body, isReplay };
  const type = typeOf(response);
  if (/csv|^text\/plain/.test(type) || type.startsWith(bundleType))
    return { text, body: text as Body, isReplay };
  const isNdjson = type.includes('ndjson');
  if (!isNdjson && !type.includes('json')) throw notTopout(response, 'JSON');
  const body = isNdjson
    ? text
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line))
    : JSON.parse(text);
  return { text, body: body as Body, isReplay };
}

/** Reads the bytes of an answer. @throws Failure a problem of the service, or an answer that is not from Topout */
export function readBytes(response: Response, bytes: Buffer): Buffer {
  refuseProblem(response, bytes.toString());
  if (typeOf(response) !== 'application/octet-stream') throw notTopout(response, 'bytes');
  return bytes;
}

/** Checks that an answer is a stream of events. @throws Failure a problem, or another answer */
export async function requireEvents(response: Response): Promise<void> {
  if (!response.ok) refuseProblem(response, await response.text());
  if (!typeOf(response).includes('event-stream')) throw notTopout(response, 'a stream of events');
}

function refuseProblem(response: Response, text: string): void {
  if (response.ok) return;
  if (!typeOf(response).includes('problem+json')) throw notTopout(response, 'JSON');
  throw new Failure(JSON.parse(text) as Problem, exitCodeOf(response.status));
}

function typeOf(response: Response): string {
  return response.headers.get('content-type') ?? 'no content type';
}

function notTopout(response: Response, expected: string): Failure {
  const detail = {
    en: `${response.url} answered ${response.status} with ${typeOf(response)}; expected ${expected} from Topout. Is --url right?`,
    zh: `${response.url} 回答 ${response.status}，类型为 ${typeOf(response)}；应为 Topout 的 ${expected}。--url 是否正确？`,
  };
  return failure(exitCodes.unreachable, { en: 'Not Topout', zh: '不是 Topout' }, detail);
}
