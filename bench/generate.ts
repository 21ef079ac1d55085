import { streamOf } from '../domain/project/events.js';
import type { Instant } from '../domain/values/days/calendar.js';
import { OutcomeUnknown, StoreUnavailable } from '../src/event-store/errors.js';
import type { EventStore } from '../src/event-store/event-store.js';
import { dayCount, dayOf, eventOf, firstDay, type Shape } from './site-life.js';

/** Concurrent appends; fewer for large appends, in consideration of a store over a network. */
const inFlight = { 'as-lived': 256, 'by-project': 64 };
/** Events of one project per append, if projects are written one after the other. */
const mostAtOnce = 500;

/** The order of the projects' events in the log. */
export interface Filling {
  /** `as-lived`: by the day of recording, all projects mixed. `by-project`: one project after the other. */
  order: 'as-lived' | 'by-project';
  /** Called before the events of an instant are appended, in order, for a store with an adjustable clock. */
  onTime?(at: Instant): void;
}

/** A part of a project's events: from number `first` (inclusive) to `end` (exclusive). */
interface Part {
  project: number;
  first: number;
  end: number;
}

export const projectName = (project: number): string => `bench-${project}`;

/**
 * Fills an empty store with projects of equal numbers of events (from `site-life.ts`). The same arguments produce the
 * same log, including `recordedAt` if `onTime` sets the store's clock.
 */
export async function fillStore(
  store: EventStore,
  shape: Shape,
  { order, onTime }: Filling = { order: 'as-lived' },
): Promise<void> {
  const appendAll = (parts: readonly Part[]) => Promise.all(parts.map((part) => append(store, shape, part)));
  if (order === 'by-project') {
    for (let first = 0; first < shape.projects; first += inFlight[order]) {
      const some = Math.min(inFlight[order], shape.projects - first);
      for (let from = 0; from < shape.eventsEach; from += mostAtOnce) {
        const end = Math.min(shape.eventsEach, from + mostAtOnce);
        await appendAll(Array.from({ length: some }, (_, i) => ({ project: first + i, first: from, end })));
      }
    }
    return;
  }
  const midnight = Date.parse(firstDay);
  for (const { day, parts } of daysOf(shape)) {
    // Parts of one day belong to different projects, so that they can be appended concurrently on any store.
    for (let from = 0; from < parts.length; from += inFlight[order]) {
      onTime?.(new Date(midnight + day * 86_400_000 + 8 * 3_600_000 + from * 10).toISOString());
      await appendAll(parts.slice(from, from + inFlight[order]));
    }
  }
}

/** The events of each day of the log that has some. */
function* daysOf(shape: Shape): Iterable<{ day: number; parts: Part[] }> {
  const calendar: Part[][] = Array.from({ length: dayCount }, () => []);
  const enter = (project: number, first: number) => {
    if (first >= shape.eventsEach) return;
    const day = dayOf(shape, project, first);
    let end = first + 1;
    while (end < shape.eventsEach && dayOf(shape, project, end) === day) end += 1;
    calendar[day]?.push({ project, first, end });
  };
  for (let project = 0; project < shape.projects; project += 1) enter(project, 0);
  for (let day = 0; day < dayCount; day += 1) {
    const parts = calendar[day] ?? [];
    if (parts.length === 0) continue;
    yield { day, parts };
    for (const { project, end } of parts) enter(project, end);
    calendar[day] = [];
  }
}

/** Appends, with a retry under the same ids if a slow server leaves the outcome open. */
async function append(store: EventStore, shape: Shape, { project, first, end }: Part): Promise<void> {
  const events = Array.from({ length: end - first }, (_, i) => eventOf(shape, project, first + i));
  for (;;) {
    try {
      await store.append(streamOf(projectName(project)), events, first === 0 ? 'no-stream' : first - 1);
      return;
    } catch (error) {
      if (!(error instanceof OutcomeUnknown || error instanceof StoreUnavailable)) throw error;
    }
  }
}
