import type { Socket } from 'node:net';
import { everyAnswer } from '../server/fastify-types.js';
import { isCounted } from '../server/timed-bodies.js';
import { RequestRefused } from './faults.js';
import { type Problem, problemOf } from './problem.js';
import type { EdgeReason } from './problems.js';

/** The code for a CONNECT request, which Node does not pass on as a request. */
export const tunnelAsked = 'TOPOUT_CONNECT';

/** The HTTP parser's errors for invalid bytes, by code. */
const causes: Readonly<Record<string, [EdgeReason, member: string, seen: string, expected: string]>> = {
  HPE_HEADER_OVERFLOW: [
    'header-too-large',
    'header',
    'an address and headers of more than 8 KiB',
    'at most 8 KiB',
  ],
  [tunnelAsked]: [
    'request-invalid',
    'request',
    'CONNECT, a request for a tunnel to another host',
    'a request to this service',
  ],
  ERR_HTTP_REQUEST_TIMEOUT: [
    'request-slow',
    'request',
    'a request that did not come whole in time',
    'the headers within 10 s and the rest within 30 s',
  ],
};

/** The fault of bytes that are not a valid request; undefined if the client is gone, or has more time. */
export function malformedProblem(error: Error & { code?: string }, socket: Socket): Problem | undefined {
  if (error.code === 'ECONNRESET' || socket.destroyed) return undefined;
  if (error.code === 'ERR_HTTP_REQUEST_TIMEOUT' && isCounted(socket)) return undefined;
  const [type, member, seen, expected] = causes[error.code ?? ''] ?? [
    'request-invalid',
    'request',
    'bytes that are no HTTP request',
    'HTTP/1.1',
  ];
  return problemOf(new RequestRefused([{ member, type, seen, expected }]), 'en').problem;
}

/** Responds to invalid bytes with problem details, and ends their connection. */
export function refuseMalformed(error: Error & { code?: string }, socket: Socket): void {
  const problem = malformedProblem(error, socket);
  if (!problem) return;
  const body = JSON.stringify(problem);
  const headers = {
    ...everyAnswer,
    'content-language': 'en',
    'content-type': 'application/problem+json; charset=utf-8',
    'content-length': String(Buffer.byteLength(body)),
    connection: 'close',
  };
  const head = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  // Behind the start of another answer, a second one would be read as a part of it.
  const { _httpMessage: answer } = socket as Socket & { _httpMessage?: { headersSent: boolean } };
  if (socket.writable && !answer?.headersSent)
    socket.write(`HTTP/1.1 ${problem.status} ${problem.title}\r\n${head.join('')}\r\n${body}`);
  socket.destroy(error);
}
