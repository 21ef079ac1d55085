import { StoreError } from '../../src/event-store/errors.js';
import type { EventStore, ExpectedRevision, NewEvent } from '../../src/event-store/event-store.js';
import { uuidOf } from './dice.js';
import { measured } from './event-store-samples.js';

/** A drawn append: few streams, few ids and few contents, so that they collide often. */
export interface Draw {
  stream: string;
  events: { key: number; words: number }[];
  expected: ExpectedRevision;
}

/** The expected result of an append: positions, revisions and whether they existed before, or the refusal. */
export type Outcome =
  | { places: [position: number, revision: number][]; isReplay: boolean }
  | { refused: string };

/** An event as expected in the store. */
export interface Kept {
  stream: string;
  key: number;
  words: number;
  revision: number;
  position: number;
}

/** The model of a store: a list, and the rules in order of precedence. */
export class Model {
  readonly kept: Kept[] = [];

  append({ stream, events, expected }: Draw): Outcome {
    const keys = events.map(({ key }) => key);
    const reused = (key: number | undefined): Outcome => ({
      refused: `event-id-reused ${uuidOf(`model ${key}`)}`,
    });
    const twice = keys.find((key, index) => keys.indexOf(key) !== index);
    if (twice !== undefined) return reused(twice);
    const there = events.map(({ key }) => this.kept.find((one) => one.key === key));
    if (there.every((one) => one !== undefined)) {
      const other = events.find(({ words }, i) => there[i]?.words !== words || there[i]?.stream !== stream);
      if (other) return reused(other.key);
      return { places: there.map(({ position, revision }) => [position, revision]), isReplay: true };
    }
    const current = this.kept.filter((one) => one.stream === stream).length - 1;
    if (there.some(Boolean)) return { refused: 'event-id-reused' };
    if (expected !== 'any' && current !== (expected === 'no-stream' ? -1 : expected)) {
      return { refused: `revision-conflict ${current}` };
    }
    const added = events.map(({ key, words }, index) => {
      const one = { stream, key, words, revision: current + 1 + index, position: this.kept.length + 1 };
      this.kept.push(one);
      return one;
    });
    return { places: added.map(({ position, revision }) => [position, revision]), isReplay: false };
  }
}

/** The event of a draw; its id is derived from the key. */
export const eventOf = ({ key, words }: { key: number; words: number }): NewEvent =>
  measured(words, `model ${key}`);

/** The store's result for a draw. */
export async function outcomeOf(store: EventStore, { stream, events, expected }: Draw): Promise<Outcome> {
  try {
    const { events: recorded, isReplay } = await store.append(stream, events.map(eventOf), expected);
    return { places: recorded.map(({ position, revision }) => [position, revision]), isReplay };
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    const detail = 'current' in error ? error.current : 'id' in error ? error.id : '';
    return { refused: `${error.reason} ${detail}` };
  }
}
