import { ConfigInvalid } from './settings/config-invalid.js';

/** The cluster that stores the events instead of a file. */
export interface Cluster {
  /** The client's `esdb://...` with credentials; never shown. */
  url: string;
  /** Hosts and ports, for display. */
  hosts: string;
  /** The prefix of all stream names, so that several installations can share a cluster. */
  prefix: string;
  /** Identifies this process among the replicas; recorded by the leader. */
  replica: string;
}

/** A parsed address; the password is decoded. */
interface Address {
  password?: string;
  hosts: string[];
  options: ReadonlyMap<string, string>;
}

/** States what was expected of an address, without showing it. */
type Invalid = (expected: string) => ConfigInvalid;

const defaultPassword = 'changeit';
const loopback = /^(localhost|127(\.\d{1,3}){3})$/i;

/**
 * The accepted addresses, a subset of what the client accepts: it would misread some, such as an `@` or a `/` in an
 * option, and it silently removes spaces.
 */
const shape =
  /^(?:esdb|kurrentdb|kurrent|kdb)(?:\+discover)?:\/\/(?:([^\s:@/?]+):([^\s:@/?]+)@)?([\w.,:-]+)\/?(?:\?([^\s@?]*))?$/;
const host = /^[a-z0-9]([\w.-]*[\w])?(:\d{1,5})?$/i;

const truth = /^(true|false)$/;
const number = /^-?\d{1,9}$/;
const path = /^[^\s@?&#]*[^\s@?&#/]$/;
const isHost = (text: string): boolean => host.test(text) && Number(text.split(':')[1] ?? 1) <= 65_535;
/** Every accepted option by the client's flattened name, with its accepted values. */
const knownOptions: ReadonlyMap<string, RegExp> = new Map([
  ['tls', truth],
  ['tlsverifycert', truth],
  ['tlscafile', path],
  ['usercertfile', path],
  ['userkeyfile', path],
  ['connectionname', path],
  ['nodepreference', /^leader$/i],
  ['maxdiscoverattempts', number],
  ['discoveryinterval', number],
  ['gossiptimeout', number],
  ['keepaliveinterval', number],
  ['keepalivetimeout', number],
  ['defaultdeadline', number],
  ['throwonappendfailure', truth],
]);

/**
 * Validates the address of a cluster and its security.
 *
 * Without encryption, or with the default password, only on this machine; elsewhere only for hosts named in
 * `EVENT_STORE_ALLOW_INSECURE`.
 *
 * @throws ConfigInvalid without the password
 */
export function clusterOf(given: {
  url: string;
  prefix: string;
  allowed: string;
  replica: string;
  debug: string;
  /** Where address and prefix come from, if not from the environment. */
  saidBy?: { url: string; prefix: string };
}): Cluster {
  const { prefix, replica } = given;
  const saidBy = given.saidBy ?? { url: 'EVENT_STORE_URL', prefix: 'TOPOUT_STREAM_PREFIX' };
  const invalid = (expected: string) => new ConfigInvalid(saidBy.url, '(not shown)', expected);
  const url = given.url.trim();
  const address = addressIn(url, invalid);
  if (!/^[a-z0-9_.]{0,40}$/.test(prefix)) {
    const expected = 'at most 40 of a-z, 0-9, dot and underscore, such as "huangpu."';
    throw new ConfigInvalid(saidBy.prefix, prefix, expected);
  }
  // The client's debug output has whole addresses, including passwords.
  if (given.debug.split(/[\s,]+/).some(isOfClient))
    throw new ConfigInvalid(
      'DEBUG',
      given.debug,
      'no output of the event store client, which would print the password',
    );
  requireSafe(address, given.allowed, saidBy.url);
  return { url: forClient(url), hosts: address.hosts.join(','), prefix, replica };
}

/**
 * An address for this client. KurrentDB schemes mean the same protocol; with the slash the client would look for a host
 * of that name.
 */
function forClient(url: string): string {
  return url.replace(/^\w+/, 'esdb').replace(/(?<!\/)\/(?=\?|$)/, '');
}

/** True for any URL, which may hold a password. */
export const isAddress = (text: string): boolean =>
  /^\s*(?:(?:esdb|kurrentdb|kurrent|kdb)(?:\+discover)?:|[a-z][a-z0-9+.-]*:\/\/)/i.test(text);

/** True if `DEBUG` enables the client's `esdb:...` output; exclusions are ignored. */
function isOfClient(name: string): boolean {
  const star = name.indexOf('*');
  const beginning = star < 0 ? name : name.slice(0, star);
  return beginning.startsWith('esdb') || (star >= 0 && 'esdb'.startsWith(beginning));
}

/** Parsed as the client parses it; no part is shown, because any may be a piece of the password. */
function addressIn(url: string, invalid: Invalid): Address {
  const [whole, , password, hostList = '', query] = shape.exec(url) ?? [];
  const hosts = hostList.split(',');
  if (whole === undefined || hosts.some((one) => !isHost(one))) {
    throw invalid(
      'esdb://account:password@host:2113 (or kurrentdb://) with an encoded password, names or IPv4 addresses as hosts, several with commas between',
    );
  }
  return {
    ...(password === undefined ? {} : { password: decoded(password, invalid) }),
    hosts,
    options: optionsIn(query, invalid),
  };
}

function decoded(password: string, invalid: Invalid): string {
  try {
    return decodeURIComponent(password);
  } catch {
    throw invalid('a password in percent encoding, so that a % in it is written %25');
  }
}

function optionsIn(query: string | undefined, invalid: Invalid): ReadonlyMap<string, string> {
  const options = new Map<string, string>();
  if (query === undefined) return options;
  for (const option of query.split('&')) {
    const [name = '', ...rest] = option.split('=');
    const value = rest.join('=');
    const flat = name.toLowerCase().replace(/[_-]/g, '');
    if (options.has(flat) || !knownOptions.get(flat)?.test(value)) {
      throw invalid(
        'after the "?" options of the client, such as tls=true and tlsCAFile=/path/ca.crt, each once and with a value that it takes; the only nodePreference is leader',
      );
    }
    options.set(flat, value);
  }
  if (options.get('tlsverifycert') === 'false') {
    // It has no effect, and the client would print the whole address in a warning.
    throw invalid(
      'no tlsVerifyCert=false, which has no effect; tlsCAFile names the authority that signed the certificates of the cluster',
    );
  }
  return options;
}

function requireSafe({ password, hosts, options }: Address, allowed: string, saidBy: string): void {
  const isPlain = options.get('tls') === 'false';
  const isDefault = password === defaultPassword;
  if (!isPlain && !isDefault) return;
  const named = allowed.split(',').map((one) => one.trim().toLowerCase());
  const unsafe = hosts
    .map((one) => one.replace(/:\d+$/, '').toLowerCase())
    .find((one) => !loopback.test(one) && !named.includes(one));
  if (unsafe === undefined) return;
  throw new ConfigInvalid(
    saidBy,
    `${isPlain ? 'tls=false' : 'the default password'} on ${unsafe}`,
    'encryption and a password of its own on a host that is not this machine, or the host named in EVENT_STORE_ALLOW_INSECURE',
  );
}
