/** What the HTTP server takes of a client: sizes in bytes, times in milliseconds. */
export const serverLimits = {
  maxHeaderSize: 8 * 1024,
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  keepAliveTimeout: 65_000,
  // Refused by the front door instead, in words.
  requireHostHeader: false,
};

/** How long a connection may be without a byte in either direction, in milliseconds. */
export const idleMs = 60_000;
