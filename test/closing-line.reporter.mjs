/** Prints one plain line after everything else; a suite that could not run counts as failed. */
export default class ClosingLine {
  onRunComplete(_contexts, results) {
    const { numPassedTests: passed, numPendingTests: skipped } = results;
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
    process.once('exit', () => console.log(`jest: ${passed} passed, ${failed} failed, ${skipped} skipped`));
  }
}
