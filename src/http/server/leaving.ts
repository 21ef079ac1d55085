import { createParamDecorator, type ExecutionContext } from '@nestjs/common';

/** An answer as far as it can end before it is whole. */
interface Answering {
  raw: { readonly writableFinished: boolean; on(event: 'close', call: () => void): unknown };
}

/** Aborted when the client leaves before its answer is whole. */
function leavingOf({ raw }: Answering): AbortSignal {
  const leaving = new AbortController();
  raw.on('close', () => {
    if (!raw.writableFinished) leaving.abort();
  });
  return leaving.signal;
}

/** The signal that a client has left, for a route whose answer may take long. */
export const Leaving = createParamDecorator((_: unknown, context: ExecutionContext) =>
  leavingOf(context.switchToHttp().getResponse<Answering>()),
);
