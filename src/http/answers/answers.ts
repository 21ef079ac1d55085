import { applyDecorators } from '@nestjs/common';
import { ApiHeader, ApiResponse } from '@nestjs/swagger';
import type { AnswerTypes } from './answer-types.js';
import { ref } from './schema.js';

/** Decorates a method that returns a body; the compiler checks the body's type. */
type ReturningMethod<Body> = <Method extends (...args: never[]) => Body | Promise<Body>>(
  target: object,
  name: string | symbol,
  descriptor: TypedPropertyDescriptor<Method>,
) => void;

const revisionTag = {
  ETag: {
    description: 'The revision of the project, in double quotes; for If-Match.',
    schema: { type: 'string' as const },
  },
};

/** A JSON body, as a response of the API document names it. */
export function jsonOf(name: keyof AnswerTypes) {
  return { 'application/json': { schema: ref(name) } };
}

/** Declares the successful answer of a route. */
export function Answers<Name extends keyof AnswerTypes>(
  name: Name,
  options: { status?: number; hasRevision?: true } = {},
): ReturningMethod<AnswerTypes[Name]> {
  return ApiResponse({
    status: options.status ?? 200,
    description: name,
    content: jsonOf(name),
    ...(options.hasRevision ? { headers: revisionTag } : {}),
  });
}

/** Declares the headers of a writing route. */
export function Asks(): MethodDecorator {
  const text = { type: 'string' as const };
  return applyDecorators(
    ApiHeader({
      name: 'Idempotency-Key',
      description: 'A UUID: the id of the entry. Sending it again records nothing new.',
      schema: { ...text, format: 'uuid' },
    }),
    ApiHeader({
      name: 'If-Match',
      description: 'The revision that was seen, such as "7" with its quotes.',
      schema: { ...text, pattern: '^"\\d+"$' },
    }),
    ApiHeader({
      name: 'Topout-By',
      description: 'Who says so; anonymous when absent.',
      schema: { ...text, maxLength: 64 },
    }),
  );
}

/** Declares the headers and answers of a route that records an entry. */
export function Writes<Name extends keyof AnswerTypes = 'Receipt'>(
  name: Name = 'Receipt' as Name,
): ReturningMethod<AnswerTypes[Name]> {
  const content = jsonOf(name);
  return applyDecorators(
    Asks(),
    ApiResponse({
      status: 201,
      description: 'Recorded now, or before under this id.',
      content,
      headers: {
        ...revisionTag,
        'Idempotent-Replayed': {
          description: 'true when the same id had been answered before.',
          schema: { type: 'string', enum: ['true'] },
        },
      },
    }),
    ApiResponse({ status: 200, description: 'Another entry says it already.', content }),
  );
}
