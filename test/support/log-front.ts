import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { LedgerQueries } from '../../src/app/ledger/ledger-answers.js';
import { Refused } from '../../src/app/refusals.js';

/** The routes of a ledger under an address, without the rest of a service. */
export interface LogFront {
  url: string;
  /** What is answered from now on. */
  show(ledger: LedgerQueries): void;
  close(): Promise<void>;
}

const statuses: Partial<Record<Refused['reason'], number>> = { 'witness-unknown': 403, 'tile-unknown': 404 };

/** Opens an address that shows a ledger. */
export async function openFront(first: LedgerQueries): Promise<LogFront> {
  let ledger = first;
  const server = createServer(async (request, response) => {
    const answer = (status: number, type: string, body: string | Uint8Array) =>
      response.writeHead(status, { 'content-type': type }).end(body);
    const json = (body: object, status = 200) => answer(status, 'application/json', JSON.stringify(body));
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
    try {
      if (pathname === '/ledger/checkpoint') answer(200, 'text/plain; charset=utf-8', ledger.checkpoint());
      else if (pathname === '/ledger/keys') json(ledger.keys());
      else if (pathname === '/ledger/consistency')
        json(ledger.consistency(Number(searchParams.get('from')), Number(searchParams.get('to'))));
      else if (pathname === '/ledger/cosignatures')
        json(ledger.cosign((JSON.parse(await bodyOf(request)) as { checkpoint: string }).checkpoint), 201);
      else answer(200, 'application/octet-stream', ledger.tile(pathname.slice('/ledger/tile/'.length)));
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      const { reason, message } = error;
      const problem = { type: `/problems/${reason}`, title: reason, detail: message };
      answer(statuses[reason] ?? 400, 'application/problem+json', JSON.stringify(problem));
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    show(next) {
      ledger = next;
    },
    close: () => closed(server),
  };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString();
}

function closed(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}
