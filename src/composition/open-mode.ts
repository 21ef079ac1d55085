import { BlockList, isIP } from 'node:net';
import { readSettings } from '../app/settings.js';
import { hostNameIn, isLoopback } from '../http/server/host-name.js';
import type { Composed } from './compose.js';
import type { Config } from './config.js';

/** True for a service that only this machine can reach. */
function isOnLoopback({ host }: Pick<Config, 'host'>): boolean {
  const name = hostNameIn(isIP(host) === 6 ? `[${host}]` : host);
  return name !== undefined && isLoopback(name);
}

/**
 * Tells whether everybody at this machine may do everything: while the service is on the loopback alone, without a
 * public address, holds the example, and nobody ever recorded who may do what. Anything else asks for a sign-in.
 */
export function openMode(
  config: Config,
  { topout, views }: Pick<Composed, 'topout' | 'views'>,
): () => boolean {
  const mayBeOpen = isOnLoopback(config) && config.publicUrl === undefined;
  // The example is loaded into an empty store only; its setting is written first.
  const isEmpty = views.isMade && views.position === 0;
  let holdsExample = config.loadsExample && isEmpty;
  holdsExample ||= readSettings(config.dataPath).example !== undefined;
  return () => mayBeOpen && holdsExample && !topout.access.isFounded();
}

/** What the person who starts the service has to know about who may use it, one sentence a line. */
export function accessNotices(
  config: Pick<Config, 'host' | 'proxies'>,
  isOpen: boolean,
  hasAdministrator: boolean,
): string[] {
  if (isOpen)
    return [
      'Open: everybody at this machine may do everything with the example. "topout admin init" makes it ask for a sign-in.',
    ];
  const notices = [];
  if (!hasAdministrator)
    notices.push(
      'Nobody can sign in yet: "topout admin init" at this machine makes the first administrator.',
    );
  if (!isOnLoopback(config) && (config.proxies ?? []).length === 0)
    notices.push(
      'Sign-in works on this machine alone: the connections of others are not encrypted. Put a proxy that terminates TLS before it, and name it in TOPOUT_PROXIES.',
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
