import { Readable } from 'node:stream';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { ApiBody, ApiParam, ApiQuery, type ApiQueryOptions } from '@nestjs/swagger';
import type { Permission } from '../../../domain/access/permissions.js';
import { authorOfHeader, longestAuthor } from '../../../domain/values/author.js';
import { omitUndefined } from '../../../domain/values/omit-undefined.js';
import type { WriteRequest } from '../../app/queries/asked.js';
import { within, withinAny } from '../access/caller.js';
import { ref } from '../answers/schema.js';
import type { EntryShapes } from '../dto/entry-shapes.js';
import { refuse, seenAs } from '../problems/faults.js';
import type { AdmittedRequest } from '../server/fastify-types.js';
import type { Shape } from '../validation/member.js';
import { declaredBy, shaped } from '../validation/reading.js';
import { isObject, type Rule, slug, uuid } from '../validation/rules.js';

/** A request with what fastify has parsed of it. */
interface ParsedRequest extends AdmittedRequest {
  params: Readonly<Record<string, string>>;
  query: unknown;
  body: unknown;
  server: { entryShapes: EntryShapes };
}

/**
 * Declares a parameter of a route by how it is read from the request, and documents it.
 *
 * Reads it without a pipe: Nest waits for a promise for each parameter that has one (docs/decisions/0049).
 */
function parameter(
  read: (request: ParsedRequest) => unknown,
  ...documented: MethodDecorator[]
): ParameterDecorator {
  const document = (target: object, name: string | symbol = '') => {
    const method = Object.getOwnPropertyDescriptor(target, name);
    if (method) for (const decorate of documented) decorate(target, name, method);
  };
  return createParamDecorator(
    (_: unknown, context: ExecutionContext) => read(context.switchToHttp().getRequest<ParsedRequest>()),
    [document],
  )();
}

/** The body, read as a shape. */
export function BodyAs(type: Shape): ParameterDecorator {
  return parameter(({ body }) => shaped(type, body), ApiBody({ type }));
}

/** The body of an entry, read by the facts that the application knows; the API document describes them later. */
export function EntryBody(name: 'facts' | 'Withdrawal'): ParameterDecorator {
  return parameter(
    ({ body, server }) => shaped<object>(server.entryShapes[name], body),
    ApiBody({ schema: name === 'facts' ? {} : ref(name) }),
  );
}

/** The body, read as a shape; no body is read as an empty object. */
export function OptionalBodyAs(type: Shape): ParameterDecorator {
  return parameter(({ body }) => shaped(type, body ?? {}), ApiBody({ type, required: false }));
}

/** Refuses a body, unless it is an empty object. */
export function NoBody(): ParameterDecorator {
  return parameter(({ body }) => {
    if (body === undefined || body === null) return;
    if (body instanceof Readable)
      refuse('content-type-unsupported', 'Content-Type', 'application/x-ndjson', noBody);
    if (!isObject(body)) refuse('type-wrong', 'body', seenAs(body), noBody);
    const [name] = Object.keys(body);
    if (name !== undefined) refuse('member-unknown', name, seenAs(body[name]), noBody);
  });
}

const noBody = { en: 'no body', zh: '无请求体' };

/** The parameters behind the question mark of the address, read as a shape. */
export function QueryAs(type: Shape): ParameterDecorator {
  const members = declaredBy(type).map(({ name, rule: { schema }, about, mayBeAbsent }) =>
    ApiQuery({ name, required: !mayBeAbsent, description: about, schema } as ApiQueryOptions),
  );
  return parameter(({ query }) => shaped(type, query), ...members);
}

/** A part of the path that is read by a rule. */
function pathPart(name: string, { check, tidy }: Rule): () => ParameterDecorator {
  const read = ({ params }: ParsedRequest) => {
    const value = params[name];
    const finding = check(value);
    if (finding) refuse(finding.type, name, finding.seen, finding.expected);
    return String(tidy?.(value) ?? value);
  };
  return () => parameter(read, ApiParam({ name, type: String }));
}

export const ProjectId = pathPart('project', slug(3));
export const EntryId = pathPart('entry', uuid);
export const AlertId = pathPart('alert', uuid);
export const SubscriptionId = pathPart('subscription', uuid);
export const PersonId = pathPart('person', uuid);
export const GrantId = pathPart('grant', uuid);
export const CalendarName = pathPart('name', slug());

/** The request as a whole, for what none of the others reads. */
export const WholeRequest = () => parameter((request) => request);

/** The caller. */
export const CallerIs = () => parameter(({ caller }) => caller);

/** By what the requests of the caller are counted; undefined for those that are not. */
export const LimitKey = () => parameter(({ limitKey }) => limitKey);

/** Where the caller has a permission; undefined for the whole installation. */
export const Within = (permission: Permission) => parameter(({ caller }) => within(caller, permission));

/** Where the caller has any of some permissions. */
export const WithinAny = (...any: Permission[]) => parameter(({ caller }) => withinAny(caller, any));

/** Who writes. */
export const Signed = () => parameter(signedBy);

/** The headers of a request that writes. */
export const Asked = () => parameter(writeRequestOf);

const noAuthor = { en: 'no such header: who signed in is the author', zh: '不填此项：以登录者为作者' };

/**
 * The person who signed in; in open mode the author that the header `Topout-By` names in any script, else `anonymous`.
 *
 * @throws RequestRefused `caller-invalid`, `caller-fixed`
 */
function authorOf({ headers, caller }: Pick<AdmittedRequest, 'headers' | 'caller'>): string {
  const by = headers['topout-by'];
  if (caller.kind === 'signed-in') {
    if (by !== undefined) refuse('caller-fixed', 'Topout-By', seenAs(by), noAuthor);
    return caller.person;
  }
  if (by === undefined) return 'anonymous';
  const name = typeof by === 'string' ? authorOfHeader(by) : undefined;
  if (name !== undefined) return name;
  return refuse('caller-invalid', 'Topout-By', seenAs(by), {
    en: `a name of 1 to ${longestAuthor} characters, in any script`,
    zh: `1 至 ${longestAuthor} 个字的姓名，文字不限`,
  });
}

/** What the headers of a request that writes say about it. @throws RequestRefused */
function writeRequestOf({ headers, caller }: Pick<AdmittedRequest, 'headers' | 'caller'>): WriteRequest {
  const { 'idempotency-key': key, 'if-match': match } = headers;
  return omitUndefined({
    ...signedBy({ headers, caller }),
    id: key === undefined ? undefined : idOf(key),
    expectedRevision: match === undefined ? undefined : revisionOf(String(match)),
  });
}

/** Who writes, and whether they signed in. @throws RequestRefused */
function signedBy(
  request: Pick<AdmittedRequest, 'headers' | 'caller'>,
): Pick<WriteRequest, 'by' | 'verification'> {
  const isSignedIn = request.caller.kind === 'signed-in';
  return { by: authorOf(request), ...(isSignedIn ? { verification: 'signed-in' } : {}) };
}

function idOf(key: string | string[]): string {
  if (uuid.check(key))
    refuse('idempotency-key-invalid', 'Idempotency-Key', seenAs(key), { en: 'one UUID', zh: '一个 UUID' });
  return String(key).toLowerCase();
}

function revisionOf(match: string): number {
  const digits = /^"(\d{1,15})"$/.exec(match)?.[1];
  if (digits !== undefined) return Number(digits);
  const expected = {
    en: 'the ETag of the project as it was answered, such as "7" with its double quotes',
    zh: '答复中的 ETag，如 "7"（含双引号）',
  };
  const why = match.startsWith('W/')
    ? { en: `${match}, a weak tag, which If-Match never matches`, zh: `${match}，弱标签，If-Match 从不匹配` }
    : /^\d+$/.test(match)
      ? { en: `${match} without double quotes`, zh: `${match}，未加双引号` }
      : seenAs(match);
  return refuse('if-match-invalid', 'If-Match', why, expected);
}
