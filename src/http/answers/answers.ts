import { applyDecorators } from '@nestjs/common';
import { ApiHeader, ApiResponse } from '@nestjs/swagger';
import { alerts } from './alerts.js';
import { common } from './common.js';
import { journal } from './journal.js';
import { portfolio } from './portfolio.js';
import { project } from './project.js';
import { rules } from './rules.js';
import { schedule } from './schedule.js';
import { ref, type Schema } from './schema.js';
import { subscriptions } from './subscriptions.js';

/** The schemas of everything that is answered, by name. */
export const answers = {
  ...common,
  ...project,
  ...schedule,
  ...journal,
  ...portfolio,
  ...alerts,
  ...rules,
  ...subscriptions,
} satisfies Record<string, Schema>;

const revisionTag = {
  ETag: {
    description: 'The revision of the project, in double quotes; for If-Match.',
    schema: { type: 'string' as const },
  },
};

/** Declares what a route answers when all is well. */
export function Answers(
  name: keyof typeof answers,
  options: { status?: number; hasRevision?: true } = {},
): MethodDecorator {
  const content = { 'application/json': { schema: ref(name) as { $ref: string } } };
  return applyDecorators(
    ApiResponse({
      status: options.status ?? 200,
      description: name,
      content,
      ...(options.hasRevision ? { headers: revisionTag } : {}),
    }),
  );
}

/** Declares what a route that records something takes as headers. */
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

/** Declares what a route that records an entry takes as headers and answers. */
export function Writes(name: keyof typeof answers = 'Receipt'): MethodDecorator {
  const content = { 'application/json': { schema: ref(name) as { $ref: string } } };
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
