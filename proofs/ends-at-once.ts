// A service that ends the moment it is told to.
process.once('SIGTERM', () => process.exit(0));
