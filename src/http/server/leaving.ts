import { createParamDecorator, type ExecutionContext } from '@nestjs/common';

/** An answer that may end early. */
interface Answering {
  raw: { readonly writableFinished: boolean; on(event: 'close', call: () => void): unknown };
}

/** Aborted when the client leaves before its answer is complete. */
function leavingOf({ raw }: Answering): AbortSignal {
  const leaving = new AbortController();
  raw.on('close', () => {
    if (!raw.writableFinished) leaving.abort();
  });
  return leaving.signal;
}

/** The signal that a client has left, for a route with long answers. */
export const Leaving = createParamDecorator((_: unknown, context: ExecutionContext) =>
  leavingOf(context.switchToHttp().getResponse<Answering>()),
);
