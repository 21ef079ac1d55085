import { lookup } from 'node:dns/promises';
import { once } from 'node:events';
import type { Server } from 'node:http';
import { Server as NetServer } from 'node:net';

/** The address cannot be listened on; the sentence says what to do. */
export class AddressUnusable extends Error {}

/**
 * Listens, on each address of `localhost` where that is the host; returns the URL of the service.
 *
 * @throws AddressUnusable
 */
export async function listen(
  server: Server,
  { host, port, isTls }: { host: string; port: number; isTls: boolean },
): Promise<string> {
  try {
    await listenOn(server, host, port);
    const { port: taken } = server.address() as { port: number };
    // A name of this machine may resolve to an address of each kind.
    const others = host === 'localhost' ? await lookup(host, { all: true }) : [];
    for (const { address } of others) await alsoOn(server, address, taken);
    return `${isTls ? 'https' : 'http'}://${host.includes(':') ? `[${host}]` : host}:${taken}`;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    const where = `${host}:${port}`;
    const why: Record<string, string> = {
      EADDRINUSE: `Port ${port} on ${host} is taken; stop what uses it, or choose another with PORT.`,
      EACCES: `Port ${port} may not be used by this account; choose one above 1023 with PORT.`,
      EADDRNOTAVAIL: `${host} is not an address of this machine; choose another with HOST.`,
      ENOTFOUND: `${host} is not a known host; choose another with HOST.`,
    };
    throw new AddressUnusable(
      why[code ?? ''] ?? `${where} cannot be listened on (${code}); choose another with HOST and PORT.`,
      { cause: error },
    );
  }
}

async function listenOn(server: NetServer, host: string, port: number): Promise<void> {
  server.listen({ host, port });
  await once(server, 'listening');
}

/** Passes on connections at a further address, if it can be listened on. */
async function alsoOn(server: Server, host: string, port: number): Promise<void> {
  if ((server.address() as { address: string }).address === host) return;
  const further = new NetServer((socket) => server.emit('connection', socket));
  try {
    await listenOn(further, host, port);
    server.on('close', () => further.close());
  } catch {
    // The first address is enough.
  }
}
