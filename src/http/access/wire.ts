import type { BlockList } from 'node:net';
import { isIPv6 } from 'node:net';

/** The parts of a connection that tell whether others can read it. */
interface Wire {
  remoteAddress?: string | undefined;
  encrypted?: boolean;
}

/** True for a connection on which a key may be sent: encrypted, of this machine, or of a proxy that terminates TLS. */
export function isOwnWire({ remoteAddress, encrypted }: Wire, proxies: BlockList | undefined): boolean {
  if (encrypted) return true;
  const address = remoteAddress?.replace(/^::ffff:/, '');
  if (address === undefined) return false;
  if (address === '::1' || /^127\./.test(address)) return true;
  return proxies?.check(address, isIPv6(address) ? 'ipv6' : 'ipv4') ?? false;
}
