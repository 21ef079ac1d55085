import type { RecordedEvent } from '../../domain/project/events.js';
import type { Day } from '../../domain/values/days/calendar.js';
import { isSame } from '../../domain/values/equal.js';
import type { Lexicon } from '../../domain/values/lexicon.js';
import { nameWords, type Words } from '../../domain/values/words.js';
import { type CompletionView, completion } from '../completion/completion.js';
import { allPlaced } from '../facts/places.js';
import { readBy } from './reading.js';

/** Completion in basis points (85 % is 8500). */
type Bounds = Pick<CompletionView, 'floorBasisPoints' | 'percentBasisPoints' | 'ceilingBasisPoints'>;

/** A completion by the adopted lexicon and by a candidate. */
interface Compared {
  adopted: Bounds;
  candidate: Bounds;
}

/** A project of which another lexicon moves a figure, with the items that it moves. */
interface MovedProject extends Compared {
  project: string;
  name: Words;
  items: (Compared & { item: string; name: Words })[];
}

/** Which figures of a day a candidate moves, with all entries known today. */
export interface LexiconTest {
  asOf: Day;
  /** The number of compared projects. */
  projects: number;
  adopted: { version: number };
  /** By project id; a project without a moved figure is left out. */
  moved: MovedProject[];
}

/** A test of a lexicon project by project, so that a service can do other work in between. */
export interface LexiconTesting {
  /** @param entries all entries of the project as recorded, oldest first */
  add(tested: { project: string; name: Words; entries: readonly RecordedEvent[] }): void;
  answer(): LexiconTest;
}

/** Compares the completion of projects on a day by a candidate and by the adopted lexicon. */
export function lexiconTesting(candidate: Lexicon, adopted: Lexicon, asOf: Day): LexiconTesting {
  const moved: MovedProject[] = [];
  let projects = 0;
  return {
    add({ project, name, entries }) {
      projects += 1;
      const [byAdopted, byCandidate] = [adopted, candidate].map((lexicon) => entries.map(readBy(lexicon)));
      if (!byAdopted || !byCandidate || isSame(byAdopted, byCandidate)) return;
      const [was, will] = [completedBy(byAdopted, asOf), completedBy(byCandidate, asOf)];
      const before = new Map(was.items.map((item) => [item.item, item]));
      const items = will.items.flatMap((item) => {
        const compared = comparedOf(before.get(item.item) ?? item, item);
        return isMoved(compared)
          ? [{ item: item.item, name: nameWords(item.name, item.item), ...compared }]
          : [];
      });
      const compared = comparedOf(was, will);
      if (items.length > 0 || isMoved(compared)) moved.push({ project, name, ...compared, items });
    },
    answer: () => ({ asOf, projects, adopted: { version: adopted.version }, moved }),
  };
}

function completedBy(entries: readonly RecordedEvent[], asOf: Day): CompletionView {
  const gathering = completion.gather();
  gathering.add(allPlaced(entries));
  return completion.view(gathering.state(), asOf);
}

function comparedOf(adopted: Bounds, candidate: Bounds): Compared {
  return { adopted: boundsOf(adopted), candidate: boundsOf(candidate) };
}

function boundsOf({ floorBasisPoints, percentBasisPoints, ceilingBasisPoints }: Bounds): Bounds {
  return { floorBasisPoints, percentBasisPoints, ceilingBasisPoints };
}

function isMoved({ adopted, candidate }: Compared): boolean {
  return !isSame(adopted, candidate);
}
