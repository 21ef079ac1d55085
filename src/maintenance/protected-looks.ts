import { Chain, type Chained, placeOf } from '../event-store/chain.js';
import { eachOf, next, type RawLog } from '../event-store/copy.js';
import { protectedOf } from '../event-store/protected-copy.js';
import type { Protecting } from '../event-store/protecting.js';
import type { Look, Looks } from './copy.js';

/** The source as the copy should hold it, and the copy without its first event; both with opened texts. */
export function looksOf(source: RawLog, target: RawLog, newProtecting: () => Protecting): Looks {
  const looks = {
    source() {
      const protecting = newProtecting();
      return (chained: Chained) =>
        look(
          protecting,
          { ...chained, stored: protectedOf(chained.stored, protecting) },
          chained.event.position,
        );
    },
    target() {
      const protecting = newProtecting();
      return (chained: Chained) => {
        const { position } = chained.event;
        return position === 1 ? undefined : look(protecting, chained, position - 1);
      };
    },
  };
  return { ...looks, difference: () => firstDifference(source, target, looks) };
}

function look(protecting: Protecting, { stored, body }: Chained, position: number): Look {
  const { v: _, prev: __, data: ___, ...place } = stored;
  const compared = `${JSON.stringify(place)}\n${protecting.contentOf(stored)}\n`;
  return { event: protecting.shown(stored, position, body), compared };
}

/** The first event of the source that the copy does not have at its place, in words. */
async function firstDifference(
  source: RawLog,
  target: RawLog,
  looks: Pick<Looks, 'source' | 'target'>,
): Promise<string | undefined> {
  const others = eachOf(target.pages());
  const chains = { source: new Chain(source.name), target: new Chain(target.name) };
  const [looked, lookedThere] = [looks.source(), looks.target()];
  const first = await next(others);
  if (first) lookedThere(chains.target.take(first));
  for await (const page of source.pages())
    for (const raw of page) {
      const here = looked(chains.source.take(raw));
      const other = await next(others);
      const there = other && lookedThere(chains.target.take(other));
      if (here?.compared !== there?.compared)
        return `${source.name} has ${placeOf(raw)}, and ${target.name} does not say the same after its first event`;
    }
  const more = await next(others);
  return more && `${target.name} has ${placeOf(more)}, which ${source.name} has not`;
}
