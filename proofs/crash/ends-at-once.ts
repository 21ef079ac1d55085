// A service that exits immediately on a signal.
process.once('SIGTERM', () => process.exit(0));
