import { type Fault, faultSentence } from '../../../domain/values/rejections.js';
import type { Uuid } from '../../../domain/values/uuid.js';
import { type Text, textIn } from '../../../domain/values/words.js';
import { type Refusal, refusalOf } from '../../app/refusals.js';
import type { Language } from '../answers/language.js';
import { RequestRefused } from './faults.js';
import { type EdgeReason, type ProblemName, problems } from './problems.js';

/** Problem details by RFC 9457; further members are facts for a program. */
export interface Problem {
  /**
   * `/problems/NAME`, which explains the problem.
   *
   * @format uri-reference
   */
  type: string;
  title: string;
  status: number;
  /** What was seen and what was expected. */
  detail: string;
  /** @format uri-reference */
  instance?: string;
  errors?: ProblemFault[];
  /** The revision of the project, if another one was expected. */
  currentRevision?: number;
  /** The ids that the problem is about. */
  ids?: Uuid[];
  [fact: string]: unknown;
}

/** One fault of a request or of its content. */
interface ProblemFault {
  /** Path of the member, such as `measure.percent` or `items[3].weight`, or the name of the header. */
  member: string;
  type: ProblemName;
  seen: string;
  expected: string;
}

/** A problem, and the seconds after which a retry makes sense. */
export interface Told {
  problem: Problem;
  retryAfter?: number;
  /** True for a bug, which must be logged. */
  isBug: boolean;
}

/** The problem for an error, in a language; an unexpected error is `internal` without details. */
export function problemOf(error: unknown, language: Language, instance?: string): Told {
  const {
    name,
    detail,
    faults,
    facts = {},
  } = known(error, instance === undefined ? 'id' : 'Idempotency-Key');
  const kind = problems[name];
  const errors = faults?.map(({ member, type, seen, expected }) => ({
    member,
    type,
    seen: textIn(seen, language),
    expected: textIn(expected, language),
  }));
  return {
    problem: {
      type: `/problems/${name}`,
      title: kind.title[language],
      status: kind.status,
      detail:
        typeof detail === 'object' && 'seen' in detail
          ? faultSentence(detail, language)
          : textIn(detail, language),
      instance,
      ...(errors ? { errors } : {}),
      ...facts,
    },
    retryAfter: retryAfterOf(error, facts) ?? kind.retryAfter,
    isBug: name === 'internal',
  };
}

/** The seconds that an error itself names. */
function retryAfterOf(error: unknown, { retryAfter }: Readonly<Record<string, unknown>>): number | undefined {
  if (error instanceof RequestRefused) return error.retryAfter;
  return typeof retryAfter === 'number' ? retryAfter : undefined;
}

interface Known {
  name: ProblemName;
  /** What happened, or the fault that says it. */
  detail: Text | Fault;
  faults?: readonly (Fault & { member: string; type: ProblemName })[];
  facts?: Readonly<Record<string, unknown>>;
}

function known(error: unknown, idMember: string): Known {
  if (error instanceof RequestRefused)
    return { name: error.faults[0].type, detail: error.faults[0], faults: error.faults };
  const refusal = refusalOf(error);
  if (refusal) {
    const { reason, sentence, details } = refusal;
    const fault = faultOf(refusal, idMember);
    const { member } = fault ?? {};
    return {
      name: reason,
      detail: refusal.fault ?? sentence,
      ...(fault && member !== undefined ? { faults: [{ ...fault, member, type: reason }] } : {}),
      facts: details,
    };
  }
  return (
    ofFramework(error) ?? {
      name: 'internal',
      detail: {
        en: 'Something went wrong inside Topout; nothing else is known here, and its log says more.',
        zh: '系统内部出错；此处没有更多信息，详见服务日志。',
      },
    }
  );
}

/** Adds the place of a refusal in the request, which the application does not know. */
function faultOf({ reason, fault }: Refusal, idMember: string): Refusal['fault'] {
  if (reason === 'event-id-reused')
    return {
      member: idMember,
      seen: { en: 'an id that another content has', zh: '已用于其他内容的编号' },
      expected: { en: 'a new id for a new entry', zh: '新记录使用新的编号' },
    };
  if (fault && reason === 'project-unknown') return { member: 'project', ...fault };
  return fault?.member === undefined ? undefined : fault;
}

/** Refusals of the HTTP server itself, by status. */
function ofFramework(error: unknown): Known | undefined {
  const { code, statusCode, status = statusCode } = Object(error) as Record<string, unknown>;
  const refused = (type: EdgeReason, member: string, seen: Text, expected: Text): Known => {
    const fault = { member, type, seen, expected };
    return { name: type, detail: fault, faults: [fault] };
  };
  if (code === 'FST_ERR_BAD_URL' || code === 'FST_ERR_MAX_PARAM_LENGTH') {
    const seen = 'a path that cannot be decoded or has a part that is too long';
    return refused('url-invalid', 'path', seen, 'percent-encoded UTF-8, parts of at most 200 characters');
  }
  switch (status) {
    case 400:
      return refused(
        'body-invalid',
        'body',
        (error as Error).message,
        'a whole body, as long as its Content-Length',
      );
    // The file server's errors for a name that is both a file and a folder, or is not served.
    case 403:
    case 404:
      return refused('route-unknown', 'path', 'a file that is not there', 'a route of /openapi.json');
    case 413:
      return refused('body-too-large', 'body', 'a body above the limit', 'at most 1 MiB of JSON');
    case 415:
      return refused(
        'content-type-unsupported',
        'Content-Type',
        'a type that is not read here',
        'application/json, or application/x-ndjson for POST /entries',
      );
    default:
      if (!(typeof status === 'number' && status >= 400 && status < 500)) return undefined;
      return refused('request-invalid', 'header', (error as Error).message, 'a request without conditions');
  }
}
