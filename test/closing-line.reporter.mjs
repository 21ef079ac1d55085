/** Prints two plain lines after everything else: the event store, and what came of it; a suite that could not run failed. */
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

/** Names the hosts of an address, never the account before them. */
function storeLine(url) {
  if (!url) return 'EventStoreDB: stand-in only, set EVENT_STORE_TEST_URL';
  const [, hosts = 'an address that cannot be read'] = /^[^:]+:\/\/(?:[^?]*@)?([^@/?]+)/.exec(url) ?? [];
  return `EventStoreDB: ${hosts}`;
}
