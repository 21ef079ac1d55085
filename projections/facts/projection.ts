import type { EventType } from '../../domain/project/events.js';
import { facts } from '../../domain/project/facts/facts.js';
import type { Day } from '../../domain/values/days/calendar.js';
import type { PlacedEvent } from './places.js';

/** One handler per event type: takes the state and the event, returns the next state. */
export type Handlers<State> = {
  readonly [T in EventType]?: (state: State, event: PlacedEvent<T>) => State;
};

/** One handler for every type of event. */
export function onEveryEvent<State>(
  handle: (state: State, event: PlacedEvent) => State,
): Required<Handlers<State>> {
  const handlers: Record<string, typeof handle> = {};
  const others = [
    'ProjectRegistered',
    'ProjectDescribed',
    'PlanAdopted',
    'EntryWithdrawn',
    'ContradictionExplained',
  ];
  for (const type of [...others, ...Object.keys(facts)]) handlers[type] = handle;
  return handlers as Required<Handlers<State>>;
}

/** A fold without a copy for each event. */
export interface Gathering<State> {
  add(events: readonly PlacedEvent[]): void;
  /** The state after everything that was added. */
  state(): State;
}

/**
 * A pure fold over the entries of one project in the order of recording, with places of corrections, and the view of
 * its state on a day.
 *
 * The state is plain JSON, so that the same projection runs in the service, inside an event store and in a browser.
 * `knownAt` selects how many entries are folded; `asOf` is the argument of `view`.
 */
export interface Projection<State, View> {
  readonly name: string;
  readonly scope: 'project';
  readonly init: () => State;
  readonly on: Handlers<State>;
  /** Starts gathering all events, oldest first, in parts: the same result as `on` one by one, in linear time. */
  readonly gather: () => Gathering<State>;
  /** The state after further events, oldest first: the same as `on` one by one, with one copy for all of them. */
  readonly and: (state: State, events: readonly PlacedEvent[]) => State;
  /** The view of the state on a day, inclusive; entries for later days do not count. */
  readonly view: (state: State, asOf: Day) => View;
}

/** The state after one more event. */
export function applyEvent<State>(
  projection: { readonly on: Handlers<State> },
  state: State,
  event: PlacedEvent,
): State {
  const handler = projection.on[event.type] as ((state: State, event: PlacedEvent) => State) | undefined;
  return handler ? handler(state, event) : state;
}
