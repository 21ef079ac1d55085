/** The meaning of a failed call to the cluster. */
export type WireFault =
  /** The stream is at another revision than expected. */
  | 'conflict'
  /** The stream was deleted permanently. */
  | 'deleted'
  /** The account is unknown, its password is wrong, or it lacks permission. */
  | 'denied'
  /** The certificate of the cluster is not trusted by this installation. */
  | 'untrusted'
  /** The append is larger than the cluster accepts. */
  | 'too-large'
  /** The call was not sent. */
  | 'not-sent'
  /** The cluster answered that it did not do it: no leader, not ready, too busy. */
  | 'not-done'
  /** The cluster dropped a subscriber that was slower than its log grew. */
  | 'too-slow'
  /** No answer came, or a subscription delivered nothing although there were events. */
  | 'silent'
  /** It is unknown whether the cluster did it. */
  | 'unclear';

/** A call to the cluster that failed, or whose outcome is unknown. */
export class WireFailure extends Error {
  constructor(
    readonly fault: WireFault,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** No answer within the time limit. */
export class NoAnswer extends WireFailure {
  constructor(what: string, ms: number) {
    super('silent', `${what} got no answer within ${ms / 1000} s`);
  }
}

/** gRPC status codes of the cluster (grpc.github.io/grpc/core/md_doc_statuscodes.html). */
const codes = {
  notFound: 5,
  permissionDenied: 7,
  failedPrecondition: 9,
  unavailable: 14,
  unauthenticated: 16,
};

interface GrpcError {
  code?: number;
  message?: string;
  details?: string;
  metadata?: { get(name: string): unknown[] };
}

/**
 * Classifies the error of a call by code and by the server's name for it: before the first answer the client throws
 * errors without a class.
 */
export function wireFailure(error: unknown): WireFailure {
  if (error instanceof WireFailure) return error;
  const { code, details, message = String(error), metadata } = error as GrpcError;
  const name = String(metadata?.get('exception')[0] ?? '');
  const text = details || message;
  return new WireFailure(faultOf(code, name, text), plain(text), { cause: error });
}

function faultOf(code: number | undefined, name: string, text: string): WireFault {
  if (name === 'stream-deleted') return 'deleted';
  if (name === 'wrong-expected-version') return 'conflict';
  if (name === 'maximum-append-size-exceeded') return 'too-large';
  if (name === 'not-leader') return 'not-done';
  if (name === 'access-denied' || code === codes.permissionDenied || code === codes.unauthenticated)
    return 'denied';
  if (/too slow/i.test(text)) return 'too-slow';
  // No certificate was presented.
  if (isUnencrypted.test(text)) return 'not-sent';
  if (/certificate|\bssl\b|\btls\b|altnames|unable to verify/i.test(text)) return 'untrusted';
  if (/not ready|too busy|is busy|no leader info/i.test(text)) return 'not-done';
  // The client reports a failed connection before anything is sent; after a dropped one the outcome is open.
  if (/No connection established|Failed to discover|ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH/.test(text))
    return 'not-sent';
  return 'unclear';
}

/** OpenSSL's report that the peer does not use TLS. */
const isUnencrypted = /wrong version number/i;

/** The first line, without source locations. */
function plain(text: string): string {
  if (text === 'Cancelled on client') return 'the connection was given up for a new one';
  if (isUnencrypted.test(text)) return 'it answers without encryption, and its address asks for it';
  return (text.split('\n')[0] ?? text).replace(/\.?\s+Resolution note:.*$/, '').trim() || 'the call failed';
}
