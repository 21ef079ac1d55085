import { BlockList, isIP } from 'node:net';
import { readSettings } from '../app/settings.js';
import type { Composed } from '../composition/composed.js';
import type { Config } from '../composition/settings/config.js';
import { hostNameIn, isLoopback } from '../http/server/host-name.js';

/** True for a service that only this machine can reach. */
function isOnLoopback({ host }: Pick<Config, 'host'>): boolean {
  const name = hostNameIn(isIP(host) === 6 ? `[${host}]` : host);
  return name !== undefined && isLoopback(name);
}

/** Headers that say that somebody else passed a request on: then it did not begin at this machine. */
const forwarding = [
  'forwarded',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-proto',
  'x-real-ip',
  'via',
];

/**
 * Tells whether everybody who reaches the service may do everything: an example district at this machine, until
 * somebody has recorded who may do what (docs/decisions/0088).
 */
export function openMode(
  { topout }: Pick<Composed, 'topout'>,
  config: Pick<Config, 'host' | 'publicUrl' | 'dataPath'>,
): (headers: Headers) => boolean {
  if (!isOnLoopback(config) || config.publicUrl !== undefined) return () => false;
  let isExample = false;
  return (headers) => {
    if (topout.access.isFounded() || forwarding.some((name) => headers[name] !== undefined)) return false;
    // It becomes one during the start, and stays one.
    isExample ||= readSettings(config.dataPath).example !== undefined;
    return isExample;
  };
}

type Headers = Readonly<Record<string, string | string[] | undefined>>;

/** What those who start a service have to know about who may use it. */
interface AccessState {
  isOpen: boolean;
  hasAdministrator: boolean;
  /** The link by which the first administrator is made; undefined if there is one. */
  setupUrl?: string;
}

/** What the person who starts the service has to know about who may use it, one sentence a line. */
export function accessNotices(
  config: Pick<Config, 'host' | 'proxies' | 'tls'>,
  { isOpen, hasAdministrator, setupUrl }: AccessState,
): string[] {
  if (isOpen)
    return [
      'Open: an example, where everybody at this machine may do everything. "topout admin init" makes it ask for a sign-in.',
    ];
  const notices = [];
  if (setupUrl !== undefined)
    notices.push(
      `Nobody can sign in yet. The first administrator is made once, by this link, which is good until the service stops: ${setupUrl}`,
      'Or by "topout admin init" at this machine, which prints a sign-in link and a key. Entries, rules and subscriptions stay as they are.',
    );
  else if (!hasAdministrator)
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
