import { streamOf } from '../domain/project/events.js';
import type { EventStore, NewEvent } from '../src/event-store/event-store.js';
import { uuidOf } from '../test/support/dice.js';
import { projectName } from './generate.js';
import { lastDay, type Shape } from './site-life.js';

const inFlight = 64;

/** Events per second of a store over some milliseconds with 64 concurrent appends, over all projects of a log. */
export async function appending(store: EventStore, shape: Shape, ms: number, name: string): Promise<number> {
  const began = performance.now();
  let count = 0;
  await Promise.all(
    Array.from({ length: inFlight }, async () => {
      while (performance.now() - began < ms) {
        const number = count++;
        await store.append(streamOf(projectName(number % shape.projects)), [measured(number, name)], 'any');
      }
    }),
  );
  return count / ((performance.now() - began) / 1000);
}

function measured(number: number, name: string): NewEvent {
  return {
    id: uuidOf(`${name} ${number}`),
    by: 'inspector-7',
    type: 'ProgressMeasured',
    data: {
      item: `item-${number % 12}`,
      measure: { kind: 'percent', basisPoints: number % 10_000 },
    },
    entry: { asOf: lastDay, precision: 'day', source: { kind: 'inspection' } },
  };
}
