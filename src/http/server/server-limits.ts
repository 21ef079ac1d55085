/** Limits of the HTTP server: sizes in bytes, times in milliseconds. */
export const serverLimits = {
  maxHeaderSize: 8 * 1024,
  headersTimeout: 10_000,
  // Of lines, only the time in which the service waits for its client counts.
  requestTimeout: 30_000,
  keepAliveTimeout: 65_000,
  // Check interval of the two times above; Node's default is 30 s.
  connectionsCheckingInterval: 1_000,
  // Refused by the front door instead, with a problem.
  requireHostHeader: false,
};

/** How long a connection may be idle in both directions, in milliseconds. */
export const idleMs = 60_000;
