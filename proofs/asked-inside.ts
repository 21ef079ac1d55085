import { once } from 'node:events';
import type { ChildService } from './child-service.js';
import type { Asked, Told } from './inside.js';

/** Sends requests to `inside.js` in the process of a service started with it. */
export async function askInside({ child }: ChildService, asked: Asked): Promise<Told> {
  const answered = new AbortController();
  const { signal } = answered;
  const answer = Promise.race([
    once(child, 'message', { signal }).then(([told]) => told as Told),
    once(child, 'exit', { signal }).then(() => {
      throw new Error('The service ended before it answered.');
    }),
  ]);
  child.send(asked);
  const told = await answer.finally(() => answered.abort());
  if (typeof told.failed === 'string') throw new Error(told.failed);
  return told;
}
