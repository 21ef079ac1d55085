/** Prints two plain lines at the end: the event store, and the result; a suite that could not run counts as failed. */
export default class ClosingLine {
  onRunComplete(_contexts, results) {
    const { numPassedTests: passed, numPendingTests: skipped } = results;
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
    process.once('exit', () => {
      console.log(storeLine(process.env.EVENT_STORE_TEST_URL));
      console.log(`jest: ${passed} passed, ${failed} failed, ${skipped} skipped`);
    });
  }
}

/** The hosts of an address, without the account. */
function storeLine(url) {
  if (!url) return 'EventStoreDB: stand-in only, set EVENT_STORE_TEST_URL';
  const [, hosts = 'an address that cannot be read'] = /^[^:]+:\/\/(?:[^?]*@)?([^@/?]+)/.exec(url) ?? [];
  return `EventStoreDB: ${hosts}`;
}
