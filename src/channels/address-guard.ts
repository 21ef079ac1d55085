import ipaddr from 'ipaddr.js';

type IpAddress = ReturnType<typeof ipaddr.parse>;

/** What an administrator opens beyond the public internet. */
export interface Openings {
  /** Private ranges in CIDR notation, for receivers on site. */
  allow?: readonly string[];
  /** Plain http to this machine, for development. */
  allowHttpLoopback?: boolean;
}

/** A URL that may be asked for, as far as its text can tell. */
export interface Target {
  url: URL;
  /** The name or the literal address, without brackets. */
  host: string;
  port: number;
  isSecure: boolean;
}

/** An address that nothing is sent to; `seen` and `expected` complete a sentence. */
export class AddressRefused extends Error {
  constructor(
    readonly seen: string,
    readonly expected: string,
  ) {
    super(`The address is ${seen}; expected ${expected}.`);
  }
}

export interface Guard {
  /** @throws AddressRefused the text of the URL is enough to refuse it */
  target(text: string): Target;
  /** @throws AddressRefused unless every address that the host has may be reached */
  admit(target: Target, addresses: readonly string[]): void;
}

const longestUrl = 2048;
const publicPorts = [443, 8443];
const globalUnicast = ipaddr.IPv6.parseCIDR('2000::/3');

/**
 * The rules against receivers that point back inside: only https to public addresses on port 443 or 8443, by name.
 *
 * Receivers in allowed ranges may have any port and a literal address; with `allowHttpLoopback` those on this machine too,
 * also by http. Names are judged by their addresses, so `admit` is for every attempt anew.
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
        throw new AddressRefused(`a URL that begins with ${url.protocol}//`, 'https://');
      if (url.username || url.password)
        throw new AddressRefused('a URL with a user name in it', 'a URL without one');
      const isLocalName = /(^|\.)localhost$/.test(host);
      if (host.endsWith('.') || (isLocalName && !isLoopbackOpen))
        throw new AddressRefused(`the host ${host}`, 'a public name without a dot at its end');
      const port = Number(url.port || (isSecure ? 443 : 80));
      const target = { url, host, port, isSecure };
      if (!isOpen && !publicPorts.includes(port)) throw portRefused(port);
      if (!ipaddr.isValid(host)) return target;
      const address = ipaddr.process(host);
      if (!isAllowed(address) && !isOpenLoopback(address))
        throw new AddressRefused(`the literal address ${host}`, 'a name, such as alerts.example.org');
      return target;
    },
    admit({ host, port, isSecure }, addresses) {
      if (addresses.length === 0)
        throw new AddressRefused(`${host}, which has no address`, 'a name that has one');
      for (const text of addresses) {
        const address = ipaddr.isValid(text) ? ipaddr.process(text) : undefined;
        const named = text === host ? host : `${host}, which leads to ${text}`;
        if (!address) throw new AddressRefused(named, 'an IP address');
        const isLocal = isAllowed(address) || isOpenLoopback(address);
        if (!isLocal && !isPublic(address))
          throw new AddressRefused(
            named,
            'a public address, or one in a range that the administrator allows',
          );
        if (!isSecure && !isOpenLoopback(address))
          throw new AddressRefused(`${named}, by plain http`, 'https://');
        if (!isLocal && !publicPorts.includes(port)) throw portRefused(port);
      }
    },
  };
}

/** True when two spellings are the same address, one of them perhaps mapped into IPv6. */
export function isSameAddress(one: string, other: string | undefined): boolean {
  if (other === undefined || !ipaddr.isValid(one) || !ipaddr.isValid(other)) return false;
  return ipaddr.process(one).toNormalizedString() === ipaddr.process(other).toNormalizedString();
}

function urlOf(text: string): URL {
  if (text.length > longestUrl)
    throw new AddressRefused(`${text.length} characters long`, `at most ${longestUrl}`);
  const url = URL.parse(text);
  if (!url?.hostname)
    throw new AddressRefused(beginningOf(text), 'a URL such as https://alerts.example.org/hook');
  return url;
}

/** As much of a text that is no URL as can hold no secret: its scheme and what may be a host. */
function beginningOf(text: string): string {
  const beginning = /^([a-z][a-z0-9+.-]*:)?\/{0,2}[^/?#@:\\]{0,40}/i.exec(text)?.[0] ?? '';
  return JSON.stringify(beginning === text ? text : `${beginning}…`);
}

/** The library takes ::7f00:1, the old way to write an IPv4 address in IPv6, for public; only 2000::/3 is given out. */
function isPublic(address: IpAddress): boolean {
  return address.range() === 'unicast' && (address.kind() === 'ipv4' || address.match(globalUnicast));
}

function portRefused(port: number): AddressRefused {
  return new AddressRefused(`on port ${port}`, `port ${publicPorts.join(' or ')}`);
}

function rangeOf(text: string): [IpAddress, number] {
  if (!ipaddr.isValidCIDR(text))
    throw new Error(`The allowed range is "${text}"; expected CIDR notation such as 10.20.0.0/16.`);
  return ipaddr.parseCIDR(text);
}
