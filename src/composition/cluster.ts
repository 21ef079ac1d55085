import { ConfigInvalid } from './config-invalid.js';

/** The cluster that an installation keeps its events on, instead of a file. */
export interface Cluster {
  /** `esdb://...`, as the client takes it, with its account; it is never shown. */
  url: string;
  /** Hosts and ports as a person may see them. */
  hosts: string;
  /** Before the names of all its streams, so that several installations share a cluster. */
  prefix: string;
  /** Names this process among the replicas; the one that has the turn writes it down. */
  replica: string;
}

/** An address taken apart; the password is decoded. */
interface Address {
  password?: string;
  hosts: string[];
  options: ReadonlyMap<string, string>;
}

/** Says what was expected of an address, and never shows it. */
type Invalid = (expected: string) => ConfigInvalid;

const defaultPassword = 'changeit';
const loopback = /^(localhost|127(\.\d{1,3}){3})$/i;

/**
 * What an address may look like, which is less than the client takes: what it reads in another way than a person would, such
 * as an `@` or a `/` in an option, and spaces that it takes away, is not let through to it.
 */
const shape =
  /^(?:esdb|kurrentdb|kurrent|kdb)(?:\+discover)?:\/\/(?:([^\s:@/?]+):([^\s:@/?]+)@)?([\w.,:-]+)\/?(?:\?([^\s@?]*))?$/;
const host = /^[a-z0-9]([\w.-]*[\w])?(:\d{1,5})?$/i;

const truth = /^(true|false)$/;
const number = /^-?\d{1,9}$/;
const path = /^[^\s@?&#]*[^\s@?&#/]$/;
const isHost = (text: string): boolean => host.test(text) && Number(text.split(':')[1] ?? 1) <= 65_535;
/** Every option that may be given, by the name to which the client flattens it, with what it may say. */
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
 * Looks at where a cluster is and whether it may be used that way.
 *
 * Without encryption, or with the password that every cluster starts with, only on this machine; elsewhere only for hosts
 * that are named in `EVENT_STORE_ALLOW_INSECURE`.
 *
 * @throws ConfigInvalid never with the password in it
 */
export function clusterOf(given: {
  url: string;
  prefix: string;
  allowed: string;
  replica: string;
  debug: string;
  /** Where address and prefix were said, when that is not the environment. */
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
  // The client prints whole addresses in its debug output, passwords with them.
  if (given.debug.split(/[\s,]+/).some(isOfClient))
    throw new ConfigInvalid(
      'DEBUG',
      given.debug,
      'nothing of the event store client: it would print the password',
    );
  requireSafe(address, given.allowed, saidBy.url);
  return { url: forClient(url), hosts: address.hosts.join(','), prefix, replica };
}

/**
 * An address as this client reads it. The names of KurrentDB, as its own client takes them, mean the same protocol; with the
 * slash the client would look for a host of that name.
 */
function forClient(url: string): string {
  return url.replace(/^\w+/, 'esdb').replace(/(?<!\/)\/(?=\?|$)/, '');
}

/** True for a text that is an address, of whatever kind, and so may hold a password. */
export const isAddress = (text: string): boolean =>
  /^\s*(?:(?:esdb|kurrentdb|kurrent|kdb)(?:\+discover)?:|[a-z][a-z0-9+.-]*:\/\/)/i.test(text);

/** True for a name in `DEBUG` that takes in the client's `esdb:...`; what it leaves out is no matter. */
function isOfClient(name: string): boolean {
  const star = name.indexOf('*');
  const beginning = star < 0 ? name : name.slice(0, star);
  return beginning.startsWith('esdb') || (star >= 0 && 'esdb'.startsWith(beginning));
}

/** The parts are read as the client reads them; none of them is shown, because any may be a piece of the password. */
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
    // It would be without effect, and the client would print the whole address to say so.
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
    `${isPlain ? 'tls=false' : 'the password that every cluster starts with'} on ${unsafe}`,
    'encryption and a password of its own on a host that is not this machine, or the host named in EVENT_STORE_ALLOW_INSECURE',
  );
}
