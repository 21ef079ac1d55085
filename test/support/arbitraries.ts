import fc from 'fast-check';
import { type History, type HistoryOptions, historyOf } from './histories.js';

/** Histories of one project with up to so many commands; a failing one shrinks by leaving commands out. */
export function historyArbitrary(
  options: HistoryOptions & { maxCommands?: number } = {},
): fc.Arbitrary<History> {
  return fc
    .array(fc.integer({ min: 0, max: 0xffffffff }), { maxLength: options.maxCommands ?? 40, size: 'max' })
    .map((seeds) => historyOf(seeds, options));
}
