import { RevisionConflict } from '../../event-store/errors.js';
import type { World } from '../ports.js';
import { Refused } from '../refusals.js';

/** How long a write is decided again because other writers were faster, in milliseconds. */
const patienceMs = 2_000;
/** The longest pause before the second repetition, and before any later one, in milliseconds. */
const firstPauseMs = 10;
const longestPauseMs = 100;

/**
 * Loads, decides and appends; again when another writer has appended to the stream meanwhile. The first repetition comes
 * at once, later ones after a pause by chance.
 *
 * @param attempt loads what the decision rests on each time, and appends at the revision that it loaded
 * @throws Refused `write-contended` others were faster for 2 s; nothing is stored
 */
export async function transact<Answer>(
  { after, random }: Pick<World, 'after' | 'random'>,
  attempt: () => Promise<Answer>,
): Promise<Answer> {
  let isOver = false;
  let stop: (() => void) | undefined;
  try {
    for (let repetition = 0; ; repetition += 1) {
      try {
        return await attempt();
      } catch (error) {
        if (!(error instanceof RevisionConflict)) throw error;
        if (isOver) throw contended(error);
        stop ??= after(patienceMs, () => {
          isOver = true;
        });
        if (repetition === 0) continue;
        const mostMs = Math.min(firstPauseMs * 2 ** (repetition - 1), longestPauseMs);
        await new Promise<void>((resolve) => void after(mostMs * random(), resolve));
      }
    }
  } finally {
    stop?.();
  }
}

function contended({ stream, current }: RevisionConflict): Refused {
  return new Refused('write-contended', {
    seen: `other writers who were faster for ${patienceMs / 1000} s; the stream ${stream} is at revision ${current}, and nothing was stored`,
    expected: 'fewer of them; send it again',
  });
}
