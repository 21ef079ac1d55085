import type { Screen } from './screen.js';

const rooms = import.meta.glob<{ screens: readonly Screen[] }>('./*/screen.ts', { eager: true });

/** Every screen of the office; those in the navigation first, in order. */
export const screens: readonly Screen[] = Object.values(rooms)
  .flatMap((room) => room.screens)
  .sort((a, b) => orderOf(a) - orderOf(b));

function orderOf({ navigation }: Screen): number {
  return navigation?.order ?? Number.POSITIVE_INFINITY;
}
