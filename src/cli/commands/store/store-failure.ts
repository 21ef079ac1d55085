/** Awaits work on a data folder; expected errors become a failure with its exit code. */
export async function asFailure<Result>(work: Promise<Result>): Promise<Result> {
  try {
    return await work;
  } catch (error) {
    // Loaded only here: it knows the errors of everything that works on a store.
    const { failureOf } = await import('./told-failure.js');
    throw failureOf(error) ?? error;
  }
}
