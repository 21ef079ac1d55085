import { type BlockList, isIP } from 'node:net';

/** The parts of a request that say where it comes from. */
interface Coming {
  headers: Readonly<Record<string, string | string[] | undefined>>;
  raw: { socket: { remoteAddress?: string | undefined } };
}

/**
 * The address of the client: of a connection through a proxy of `proxies` the last one in `X-Forwarded-For` that is not
 * such a proxy itself. An IPv6 address stands for its network of 64 bits, of which one client has all.
 */
export function clientAddress({ headers, raw }: Coming, proxies: BlockList | undefined): string {
  const passed = String(headers['x-forwarded-for'] ?? '')
    .split(',')
    .map((address) => address.trim());
  let address = plain(raw.socket.remoteAddress ?? '');
  while (isProxy(address, proxies)) {
    const before = plain(passed.pop() ?? '');
    if (isIP(before) === 0) break;
    address = before;
  }
  return isIP(address) === 6 ? networkOf(address) : address;
}

function isProxy(address: string, proxies: BlockList | undefined): boolean {
  const version = isIP(address);
  return version !== 0 && (proxies?.check(address, version === 6 ? 'ipv6' : 'ipv4') ?? false);
}

/** Without a port, brackets, and the prefix of an IPv4 address in IPv6. */
function plain(address: string): string {
  const bare = /^\[(.+)\](:\d+)?$/.exec(address)?.[1] ?? address;
  const withPort = /^(\d+\.\d+\.\d+\.\d+):\d+$/.exec(bare)?.[1] ?? bare;
  return withPort.replace(/^::ffff:/i, '');
}

/** The first 64 bits, as in a URL. */
function networkOf(address: string): string {
  const written = URL.parse(`http://[${address.split('%')[0]}]`)?.hostname.slice(1, -1) ?? address;
  const [head = '', tail] = written.split('::');
  const first = head === '' ? [] : head.split(':');
  const last = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? 0 : 8 - first.length - last.length;
  const groups = [...first, ...Array.from({ length: zeros }, () => '0'), ...last];
  return `${groups.slice(0, 4).join(':')}::/64`;
}
