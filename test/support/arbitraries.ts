import fc from 'fast-check';
import { type History, type HistoryOptions, historyOf } from './histories.js';

/**
 * Histories of one project with a maximum number of commands after the registration.
 *
 * A failing one shrinks by leaving commands out, and prints as the call that reproduces it.
 */
export function historyArbitrary(
  options: HistoryOptions & { maxCommands?: number } = {},
): fc.Arbitrary<History> {
  return fc
    .array(fc.integer({ min: 0, max: 0xffffffff }), { maxLength: options.maxCommands ?? 40, size: 'max' })
    .map((seeds) =>
      Object.defineProperty(historyOf(seeds, options), fc.toStringMethod, {
        value: () => `historyOf([${seeds.join(', ')}])`,
      }),
    );
}
