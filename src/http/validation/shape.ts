import { Readable } from 'node:stream';
import type { PipeTransform } from '@nestjs/common';
import { type RequestFault, RequestRefused, refuse, seenAs } from '../problems/faults.js';
import type { Kinds, Shape } from './member.js';
import { readingOf } from './reading.js';
import { isObject, type Rule } from './rules.js';

/** Names that no reader of JSON may take for members. */
const reserved = ['__proto__', 'constructor', 'prototype'];

/**
 * Reads a plain value as an instance of a shape; members that the shape does not declare are refused, nothing is converted.
 *
 * @throws RequestRefused with every fault that was found
 */
export function shaped<Instance extends object>(
  type: Shape<Instance> | Kinds<Instance>,
  value: unknown,
): Instance {
  if (value instanceof Readable)
    refuse('content-type-unsupported', 'Content-Type', 'application/x-ndjson', 'application/json');
  if (value === undefined || value === null) refuse('body-invalid', 'body', 'nothing', 'a JSON object');
  if (!isObject(value)) refuse('type-wrong', 'body', seenAs(value), 'a JSON object');
  const shape = 'member' in type ? kindOf(type, value) : type;
  for (const name of reserved)
    if (Object.hasOwn(value, name))
      refuse('member-reserved', name, `a member "${name}"`, 'no member of this name');
  const faults: RequestFault[] = [];
  const instance = readingOf(shape).read(value, '', faults);
  const [first, ...rest] = faults;
  if (first) throw new RequestRefused([first, ...rest.slice(0, 49)]);
  return instance as Instance;
}

/** The pipe that reads a body or a query as a shape. */
export function As<Instance extends object>(
  type: Shape<Instance> | Kinds<Instance>,
): PipeTransform<unknown, Instance> {
  return { transform: (value) => shaped(type, value) };
}

/** The pipe that reads no body as an empty one. */
export const MayBeEmpty: PipeTransform<unknown, unknown> = { transform: (value) => value ?? {} };

/** The pipe of a route that reads nothing but its address: no body, or an empty object. */
export const Bodiless: PipeTransform<unknown, undefined> = {
  transform(value) {
    if (value === undefined || value === null) return undefined;
    if (value instanceof Readable)
      refuse('content-type-unsupported', 'Content-Type', 'application/x-ndjson', 'no body');
    if (!isObject(value)) refuse('type-wrong', 'body', seenAs(value), 'no body');
    const [name] = Object.keys(value);
    if (name !== undefined) refuse('member-unknown', name, seenAs(value[name]), 'no body');
    return undefined;
  },
};

/** The pipe that reads one part of the path by a rule. */
export function PathPart(member: string, rule: Rule): PipeTransform<unknown, string> {
  return {
    transform(value) {
      const finding = rule.check(value);
      if (finding) refuse(finding.type, member, finding.seen, finding.expected);
      return String(rule.tidy?.(value) ?? value);
    },
  };
}

/** The shape that a value says it is of. */
function kindOf<Instance extends object>(
  { member, shapes }: Kinds<Instance>,
  value: Record<string, unknown>,
): Shape<Instance> {
  const kind = value[member];
  const shape = typeof kind === 'string' && Object.hasOwn(shapes, kind) ? shapes[kind] : undefined;
  if (shape) return shape;
  const type =
    kind === undefined ? 'member-missing' : typeof kind === 'string' ? 'kind-unknown' : 'type-wrong';
  return refuse(type, member, seenAs(kind), `one of ${Object.keys(shapes).join(', ')}`);
}
