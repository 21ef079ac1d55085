import { BlockList, isIP } from 'node:net';
import { hostNameIn, isLoopback } from '../http/server/host-name.js';
import type { Composed } from './compose.js';
import type { Config } from './config.js';

/** True for a service that only this machine can reach. */
function isOnLoopback({ host }: Pick<Config, 'host'>): boolean {
  const name = hostNameIn(isIP(host) === 6 ? `[${host}]` : host);
  return name !== undefined && isLoopback(name);
}

/**
 * Tells whether everybody who reaches the service may do everything: until somebody has recorded who may do what
 * (docs/decisions/0079).
 */
export function openMode({ topout }: Pick<Composed, 'topout'>): () => boolean {
  return () => !topout.access.isFounded();
}

/** What the person who starts the service has to know about who may use it, one sentence a line. */
export function accessNotices(
  config: Pick<Config, 'host' | 'proxies' | 'tls'>,
  isOpen: boolean,
  hasAdministrator: boolean,
): string[] {
  if (isOpen)
    return [
      `Open: everybody ${isOnLoopback(config) ? 'at this machine' : 'who reaches this address'} may do everything. "topout admin init" makes it ask for keys.`,
    ];
  const notices = [];
  if (!hasAdministrator)
    notices.push('Nobody can sign in: "topout admin init --replace" at this machine makes an administrator.');
  if (!isOnLoopback(config) && !config.tls && (config.proxies ?? []).length === 0)
    notices.push(
      'Sign-in works on this machine alone: the connections of others are not encrypted. Set TOPOUT_TLS_CERT and TOPOUT_TLS_KEY, or put a proxy that terminates TLS before it and name it in TOPOUT_PROXIES.',
    );
  return notices;
}

/** The proxies of a setting, as addresses or networks. */
export function proxyList(proxies: readonly string[]): BlockList {
  const list = new BlockList();
  for (const proxy of proxies) {
    const [address = '', bits] = proxy.split('/');
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
    list.addSubnet(address, bits === undefined ? (family === 'ipv6' ? 128 : 32) : Number(bits), family);
  }
  return list;
}
