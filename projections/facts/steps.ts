/**
 * A calculation in steps: between two of them somebody else may have a turn. A step takes a few milliseconds at most, however
 * much was said of a project.
 */
export type Steps<Result> = Generator<void, Result, void>;

/** The result of a calculation that is not interrupted. */
export function finished<Result>(steps: Steps<Result>): Result {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

/** So many entries are looked at in a step. */
const entriesInAStep = 500;

/** A list part by part. */
export function* inParts<One>(list: readonly One[], size = entriesInAStep): Generator<One[], void, void> {
  for (let from = 0; from < list.length; from += size) yield list.slice(from, from + size);
}
