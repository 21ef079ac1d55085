import { ConfigInvalid } from './config-invalid.js';

/** The cluster that an installation keeps its events on, instead of a file. */
export interface Cluster {
  /** `esdb://...` with its account; it is never shown. */
  url: string;
  /** Hosts and ports as a person may see them. */
  hosts: string;
  /** Before the names of all its streams, so that several installations share a cluster. */
  prefix: string;
  /** Names this process among the replicas; the one that has the turn writes it down. */
  replica: string;
}

const defaultPasswords = ['changeit', ''];
const loopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/i;

/**
 * Looks at where a cluster is and whether it may be used that way.
 *
 * Without encryption, or with the password that every cluster starts with, only on this machine; elsewhere only for hosts
 * that are named in `EVENT_STORE_ALLOW_INSECURE`.
 *
 * @param given `saidBy` names what said the address and what said the prefix
 * @throws ConfigInvalid never with the password in it
 */
export function clusterOf(given: {
  url: string;
  prefix: string;
  allowed: string;
  replica: string;
  debug: string;
  saidBy?: { url: string; prefix: string };
}): Cluster {
  const { url, prefix, replica } = given;
  const saidBy = given.saidBy ?? { url: 'EVENT_STORE_URL', prefix: 'TOPOUT_STREAM_PREFIX' };
  const shape = /^(esdb|esdb\+discover):\/\/(?:([^@/?]*)@)?([^/?@]+)\/?(?:\?(.*))?$/.exec(url.trim());
  const account = shape?.[2];
  const hosts = shape?.[3]?.split(',') ?? [];
  if (!shape || hosts.some((host) => !/^(\[[0-9a-f:]+\]|[^\s:[\]]+)(:\d{1,5})?$/i.test(host))) {
    const expected =
      'esdb://account:password@host:2113 with an encoded password, several hosts with commas between';
    throw new ConfigInvalid(saidBy.url, '(not shown)', expected);
  }
  if (!/^[a-z0-9_.]{0,40}$/.test(prefix) || prefix.startsWith('$')) {
    const expected = 'at most 40 of a-z, 0-9, dot and underscore, such as "huangpu."';
    throw new ConfigInvalid(saidBy.prefix, prefix, expected);
  }
  // The client prints whole addresses in its debug output, passwords with them.
  if (/(^|[\s,])(\*|esdb)/.test(given.debug))
    throw new ConfigInvalid(
      'DEBUG',
      given.debug,
      'nothing of the event store client: it would print the password',
    );
  requireSafe({ hosts, account, query: shape[4] ?? '', allowed: given.allowed, saidBy: saidBy.url });
  return { url: url.trim(), hosts: hosts.join(','), prefix, replica };
}

function requireSafe(given: {
  hosts: readonly string[];
  account: string | undefined;
  query: string;
  allowed: string;
  saidBy: string;
}): void {
  const { hosts, account, query, allowed, saidBy } = given;
  const options = new Map(
    query.split('&').map((option) => {
      const [name = '', value = ''] = option.split('=');
      return [name.toLowerCase().replace(/[_-]/g, ''), value.toLowerCase()];
    }),
  );
  const isPlain = options.get('tls') === 'false';
  const isUnverified = options.get('tlsverifycert') === 'false';
  const password = account === undefined ? undefined : decodeURIComponent(account.split(':')[1] ?? '');
  const isDefault = password !== undefined && defaultPasswords.includes(password);
  if (!isPlain && !isUnverified && !isDefault) return;
  const named = allowed.split(',').map((host) => host.trim().toLowerCase());
  const unsafe = hosts
    .map((host) => host.replace(/:\d+$/, '').toLowerCase())
    .find((host) => !loopback.test(host) && !named.includes(host));
  if (unsafe === undefined) return;
  const what = isPlain
    ? 'tls=false'
    : isUnverified
      ? 'tlsVerifyCert=false'
      : 'the password that every cluster starts with';
  throw new ConfigInvalid(
    saidBy,
    `${what} on ${unsafe}`,
    'encryption and a password of its own on a host that is not this machine, or the host named in EVENT_STORE_ALLOW_INSECURE',
  );
}
