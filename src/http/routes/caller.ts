import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { refuse, seenAs } from '../problems/faults.js';
import type { Request } from '../server/fastify-types.js';

/**
 * Who writes: the opaque principal that the header `Topout-By` names, else `anonymous`.
 *
 * @throws RequestRefused `caller-invalid`
 */
export function callerOf(request: Pick<Request, 'headers'>): string {
  const by = request.headers['topout-by'];
  if (by === undefined) return 'anonymous';
  if (typeof by === 'string' && /^[!-~]{1,64}$/.test(by)) return by;
  return refuse(
    'caller-invalid',
    'Topout-By',
    seenAs(by),
    '1 to 64 printable ASCII characters without spaces',
  );
}

/** The principal who writes. */
export const Caller = createParamDecorator((_: unknown, context: ExecutionContext) =>
  callerOf(context.switchToHttp().getRequest<Request>()),
);
