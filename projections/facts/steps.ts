/**
 * A calculation in steps that yields to other work between them. A step takes a few milliseconds at most, however many
 * entries a project has.
 */
export type Steps<Result> = Generator<void, Result, void>;

/** Runs a calculation without interruption. */
export function finished<Result>(steps: Steps<Result>): Result {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

/** Entries processed per step. */
const entriesInAStep = 500;

/** A list in parts. */
export function* inParts<One>(list: readonly One[], size = entriesInAStep): Generator<One[], void, void> {
  for (let from = 0; from < list.length; from += size) yield list.slice(from, from + size);
}
