import ipaddr from 'ipaddr.js';
import { type Text, textIn, wordsOf } from '../../domain/values/words.js';

type IpAddress = ReturnType<typeof ipaddr.parse>;

/** Exceptions that an administrator allows beside the public internet. */
export interface Openings {
  /** Private ranges in CIDR notation, for receivers on site. */
  allow?: readonly string[];
  /** Plain http to this machine, for development. */
  allowHttpLoopback?: boolean;
}

/** A URL that passes all checks of its text. */
export interface Target {
  url: URL;
  /** The host name or literal address, without brackets. */
  host: string;
  port: number;
  isSecure: boolean;
}

/** A refused address; `seen` and `expected` complete a sentence. */
export class AddressRefused extends Error {
  constructor(
    readonly seen: Text,
    readonly expected: Text,
  ) {
    super(`The address is ${textIn(seen, 'en')}; expected ${textIn(expected, 'en')}.`);
  }
}

export interface Guard {
  /** @throws AddressRefused the text of the URL is refused */
  target(text: string): Target;
  /** @throws AddressRefused unless every address of the host is allowed */
  admit(target: Target, addresses: readonly string[]): void;
}

const longestUrl = 2048;
const publicPorts = [443, 8443];
const globalUnicast = ipaddr.IPv6.parseCIDR('2000::/3');

/**
 * The rules against server-side request forgery: only https to public addresses on port 443 or 8443, by name.
 *
 * Receivers in allowed ranges may have any port and a literal address; with `allowHttpLoopback` also those on this
 * machine, over http too. Names are checked by their addresses, so call `admit` before every attempt.
 *
 * @throws Error a range is not CIDR notation
 */
export function guardOf(openings: Openings = {}): Guard {
  const ranges = (openings.allow ?? []).map(rangeOf);
  const isLoopbackOpen = openings.allowHttpLoopback ?? false;
  const isOpen = ranges.length > 0 || isLoopbackOpen;
  const isAllowed = (address: IpAddress) =>
    ranges.some(([range, bits]) => range.kind() === address.kind() && address.match(range, bits));
  const isOpenLoopback = (address: IpAddress) => isLoopbackOpen && address.range() === 'loopback';

  return {
    target(text) {
      const url = urlOf(text);
      const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
      const isSecure = url.protocol === 'https:';
      if (!isSecure && !(url.protocol === 'http:' && isLoopbackOpen))
        throw new AddressRefused(
          { en: `a URL that begins with ${url.protocol}//`, zh: `以 ${url.protocol}// 开头的网址` },
          'https://',
        );
      if (url.username || url.password)
        throw new AddressRefused(
          { en: 'a URL with a user name in it', zh: '含用户名的网址' },
          { en: 'a URL without one', zh: '不含用户名的网址' },
        );
      const isLocalName = /(^|\.)localhost$/.test(host);
      if (host.endsWith('.') || (isLocalName && !isLoopbackOpen))
        throw new AddressRefused(
          { en: `the host ${host}`, zh: `主机 ${host}` },
          { en: 'a public name without a dot at its end', zh: '末尾无点号的公网域名' },
        );
      const port = Number(url.port || (isSecure ? 443 : 80));
      const target = { url, host, port, isSecure };
      if (!isOpen && !publicPorts.includes(port)) throw portRefused(port);
      if (!ipaddr.isValid(host)) return target;
      const address = ipaddr.process(host);
      if (!isAllowed(address) && !isOpenLoopback(address))
        throw new AddressRefused(
          { en: `the literal address ${host}`, zh: `IP 地址 ${host}` },
          { en: 'a name, such as alerts.example.org', zh: '域名，如 alerts.example.org' },
        );
      return target;
    },
    admit({ host, port, isSecure }, addresses) {
      if (addresses.length === 0)
        throw new AddressRefused(
          { en: `${host}, which has no address`, zh: `${host}，没有对应地址` },
          { en: 'a name that has one', zh: '能解析到地址的域名' },
        );
      for (const text of addresses) {
        const address = ipaddr.isValid(text) ? ipaddr.process(text) : undefined;
        const named =
          text === host ? host : { en: `${host}, which leads to ${text}`, zh: `${host}，指向 ${text}` };
        if (!address) throw new AddressRefused(named, { en: 'an IP address', zh: 'IP 地址' });
        const isLocal = isAllowed(address) || isOpenLoopback(address);
        if (!isLocal && !isPublic(address))
          throw new AddressRefused(named, {
            en: 'a public address, or one in a range that the administrator allows',
            zh: '公网地址，或管理员允许的地址段',
          });
        if (!isSecure && !isOpenLoopback(address))
          throw new AddressRefused(
            wordsOf((text) => text(named) + text({ en: ', by plain http', zh: '，未加密的 http' })),
            'https://',
          );
        if (!isLocal && !publicPorts.includes(port)) throw portRefused(port);
      }
    },
  };
}

/** True if two spellings are the same address, one of them possibly IPv4-mapped IPv6. */
export function isSameAddress(one: string, other: string | undefined): boolean {
  if (other === undefined || !ipaddr.isValid(one) || !ipaddr.isValid(other)) return false;
  return ipaddr.process(one).toNormalizedString() === ipaddr.process(other).toNormalizedString();
}

function urlOf(text: string): URL {
  if (text.length > longestUrl)
    throw new AddressRefused(
      { en: `${text.length} characters long`, zh: `${text.length} 个字符` },
      { en: `at most ${longestUrl}`, zh: `至多 ${longestUrl} 个字符` },
    );
  const url = URL.parse(text);
  if (!url?.hostname)
    throw new AddressRefused(beginningOf(text), {
      en: 'a URL such as https://alerts.example.org/hook',
      zh: '网址，如 https://alerts.example.org/hook',
    });
  return url;
}

/** The part of an invalid URL that cannot hold a secret: its scheme and what may be a host. */
function beginningOf(text: string): string {
  const beginning = /^([a-z][a-z0-9+.-]*:)?\/{0,2}[^/?#@:\\]{0,40}/i.exec(text)?.[0] ?? '';
  return JSON.stringify(beginning === text ? text : `${beginning}…`);
}

/** The library treats ::7f00:1, a deprecated form of IPv4 in IPv6, as public; only 2000::/3 is allocated. */
function isPublic(address: IpAddress): boolean {
  return address.range() === 'unicast' && (address.kind() === 'ipv4' || address.match(globalUnicast));
}

function portRefused(port: number): AddressRefused {
  return new AddressRefused(
    { en: `on port ${port}`, zh: `端口 ${port}` },
    { en: `port ${publicPorts.join(' or ')}`, zh: `端口 ${publicPorts.join(' 或 ')}` },
  );
}

function rangeOf(text: string): [IpAddress, number] {
  if (!ipaddr.isValidCIDR(text))
    throw new Error(`The allowed range is "${text}"; expected CIDR notation such as 10.20.0.0/16.`);
  return ipaddr.parseCIDR(text);
}
