import type { World } from '../../src/app/ports.js';
import { world } from '../../src/composition/world.js';

/** A world whose clock and timers run faster by a factor; the client's own timers are not affected. */
export function quickWorld(times: number): World {
  const began = Date.now();
  return {
    ...world,
    now: () => new Date(began + (Date.now() - began) * times).toISOString(),
    after: (ms, call) => world.after(ms / times, call),
  };
}
