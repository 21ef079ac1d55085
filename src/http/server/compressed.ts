import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

/** Shorter answers fit in a packet or two as they are. */
const leastBytes = 4_096;
const toBrotli = promisify(brotliCompress);
const toGzip = promisify(gzip);

/** The parts of a request that say whether its answer is compressed. */
interface Asking {
  headers: Readonly<Record<string, string | string[] | undefined>>;
}

/** The headers of an answer. */
interface Answering {
  getHeader(name: string): unknown;
  hasHeader(name: string): boolean;
  header(name: string, value: string): unknown;
}

/**
 * The text of an answer compressed, where a page asks for it: people are at slow lines, programs are usually beside the
 * service. Undefined for what is sent as it is. The work is done beside the event loop.
 */
export function compressed(
  { headers }: Asking,
  reply: Answering,
  payload: unknown,
): Promise<Buffer> | undefined {
  if (headers['sec-fetch-site'] === undefined || typeof payload !== 'string' || payload.length < leastBytes)
    return undefined;
  const isText = /^(application\/json|application\/problem\+json|text\/html)\b/.test(
    String(reply.getHeader('content-type')),
  );
  if (!isText || reply.hasHeader('content-encoding')) return undefined;
  const accepted = String(headers['accept-encoding']);
  const isBrotli = /\bbr\b(?!;q=0\b)/.test(accepted);
  if (!isBrotli && !/\bgzip\b(?!;q=0\b)/.test(accepted)) return undefined;
  const vary = reply.getHeader('vary');
  reply.header('vary', vary === undefined ? 'accept-encoding' : `${vary}, accept-encoding`);
  reply.header('content-encoding', isBrotli ? 'br' : 'gzip');
  if (!isBrotli) return toGzip(payload, { level: 6 });
  const params = {
    // Higher ones take many times as long for a few per cent.
    [constants.BROTLI_PARAM_QUALITY]: 4,
    [constants.BROTLI_PARAM_SIZE_HINT]: payload.length,
  };
  return toBrotli(payload, { params });
}
