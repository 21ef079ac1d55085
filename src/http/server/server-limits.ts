/** What the HTTP server takes of a client: sizes in bytes, times in milliseconds. */
export const serverLimits = {
  maxHeaderSize: 8 * 1024,
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  keepAliveTimeout: 65_000,
  // How often the two times above are looked at; by itself Node does so every 30 s.
  connectionsCheckingInterval: 1_000,
  // Refused by the front door instead, in words.
  requireHostHeader: false,
};

/** How long a connection may be without a byte in either direction, in milliseconds. */
export const idleMs = 60_000;
