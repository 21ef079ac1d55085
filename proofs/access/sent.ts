/** An answer as it was sent. */
export interface Answered {
  status: number;
  headers: Record<string, unknown>;
  text: string;
}

/** A request of somebody. */
export interface Sent {
  method: string;
  url: string;
  key?: string | undefined;
  /** JSON, or a text that is sent as lines. */
  body?: unknown;
  headers?: Record<string, string>;
  /** Of the connection; this machine when absent. */
  remoteAddress?: string;
}
