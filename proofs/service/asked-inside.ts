import { once } from 'node:events';
import type { ChildService } from './child-service.js';
import type { Asked, InsideReply } from './inside.js';

/** Sends requests to `inside.js` in the process of a service started with it. */
export async function askInside({ child }: ChildService, asked: Asked): Promise<InsideReply> {
  const answered = new AbortController();
  const { signal } = answered;
  const answer = Promise.race([
    once(child, 'message', { signal }).then(([reply]) => reply as InsideReply),
    once(child, 'exit', { signal }).then(() => {
      throw new Error('The service ended before it answered.');
    }),
  ]);
  child.send(asked);
  const reply = await answer.finally(() => answered.abort());
  if (typeof reply.failed === 'string') throw new Error(reply.failed);
  return reply;
}
