import type { World } from '../../src/app/ports.js';
import { world } from '../../src/composition/compose.js';

/** A world in which clock and timers run so many times as fast; what the client of the store times itself is not part of it. */
export function quickWorld(times: number): World {
  const began = Date.now();
  return {
    ...world,
    now: () => new Date(began + (Date.now() - began) * times).toISOString(),
    after: (ms, call) => world.after(ms / times, call),
  };
}
