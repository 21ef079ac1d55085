import { hostname } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { type Day, defaultTimeZone, isDay, isTimeZone } from '../../../domain/values/days/calendar.js';
import { usualCacheMiB } from '../../app/cache-limits.js';
import { LimitsInvalid, type LimitsSaid, limitNames, limitsIn } from '../../http/limits/figures.js';
import type { VerifierKey } from '../../ledger/vkey.js';
import type { ProviderConfig } from '../../oidc/provider-config.js';
import { type Cluster, clusterOf, isAddress } from '../cluster.js';
import { boundName, hostsIn, networksOf, proxiesOf, publicUrlIn } from './addresses.js';
import { ConfigInvalid, SettingsReading } from './config-invalid.js';
import type { Environment } from './environment.js';
import { mailFromIn, smtpUrlIn } from './mail-settings.js';
import { cacheIn, keptFreeIn, portIn, readsKeptIn, settlingIn, usualReadsKeptDays } from './numbers.js';
import { providerIn } from './oidc-settings.js';
import { secretOf } from './secret-file.js';
import { type TlsFiles, tlsFilesIn } from './tls-files.js';
import { witnessesIn } from './witness-settings.js';

/** The examples by the names of their folders; the first one is loaded unless a setting names another. */
export const exampleNames = ['district-2018', 'county-2019'] as const;
export type ExampleName = (typeof exampleNames)[number];

/** The configuration of an installation, read from the environment once. */
export interface Config {
  host: string;
  /** 0 for any free port. */
  port: number;
  /** Host names of the service beside `localhost` and the host of `publicUrl`; see `OwnNames`. */
  hosts?: string[];
  /** The folder of the store and its views. */
  dataPath: string;
  /** Allows the embedded store on a network file system. */
  allowsNetworkData?: boolean;
  /**
   * Entries are refused below this many free bytes on the store's disk; 0 or undefined accepts them until the disk is
   * full.
   */
  keptFreeBytes?: number;
  /** The memory of all caches of projects together, in MiB; the usual one when absent. */
  cacheMiB?: number;
  /** The cluster of the events; undefined for the data folder. */
  cluster?: Cluster;
  /** The time zone of the installation's business day. */
  timeZone: string;
  /** A fixed business day, with priority over that of the data folder. */
  today?: Day;
  /** The real business day, even if the data folder sets one. */
  usesRealDay: boolean;
  /** One line of JSON on standard output for each request; undefined writes them unless stdout is a terminal. */
  logsRequests?: boolean;
  /** Load an example when the store is empty. */
  loadsExample: boolean;
  /** Which; the first of `exampleNames` when absent. */
  example?: ExampleName;
  /** The key file that seal secrets and mail addresses; outside the data folder. */
  vaultPath: string;
  /** The public URL of the service, without a trailing slash; needed for links in notices. */
  publicUrl?: string;
  /** The mail server, `smtp://` or `smtps://`, with credentials; undefined disables e-mail. */
  smtpUrl?: string;
  /** The sender of e-mails. */
  mailFrom: string;
  /** The delay before notices, in milliseconds, to skip alerts that end meanwhile; 0 sends immediately. */
  settlingMs: number;
  /** The service's own certificate; without it connections are open. */
  tls?: TlsFiles;
  /** Addresses or networks of proxies that terminate TLS; a sign-in is taken from them, and from this machine. */
  proxies?: string[];
  /** How long the log of reads is kept, in days; `usualReadsKeptDays` when absent. */
  readsKeptDays?: number;
  /** False keeps no ledger. */
  keepsLedger?: boolean;
  /** The witnesses whose cosignatures of checkpoints are kept. */
  witnesses?: VerifierKey[];
  /** How often requests may come; the usual limits when absent. */
  limits?: LimitsSaid;
  /** The provider of identities by whose tokens programs sign in. */
  provider?: ProviderConfig;
  /** Private networks in CIDR notation that webhooks may reach. */
  webhookNetworks: string[];
  /** Allows webhooks to this machine over http, for development. */
  allowsLoopbackWebhooks: boolean;
}

/**
 * Reads the configuration from environment variables.
 *
 * @throws ConfigInvalid with a sentence for each invalid variable
 */
export function readConfig(env: Environment = process.env): Config {
  const reading = new SettingsReading();
  const url = reading.of(() => secretOf(env, 'EVENT_STORE_URL'), undefined);
  const cluster = url === undefined ? undefined : reading.of(() => clusterIn(env, url), undefined);
  const dataPath = env.TOPOUT_DATA || 'data';
  const usesRealDay = env.TOPOUT_TODAY === 'real';
  const host = env.HOST || '127.0.0.1';
  const config: Config = {
    host,
    port: reading.of(() => portIn(env), 0),
    hosts: [...reading.of(() => hostsIn(env.TOPOUT_HOSTS || ''), []), ...boundName(host)],
    dataPath,
    allowsNetworkData: reading.of(() => isOn(env, 'TOPOUT_NETWORK_DATA', 'off'), false),
    keptFreeBytes: reading.of(() => keptFreeIn(env), 0),
    cacheMiB: reading.of(() => cacheIn(env), usualCacheMiB),
    cluster,
    timeZone: reading.of(() => timeZoneIn(env), defaultTimeZone),
    today: usesRealDay ? undefined : reading.of(() => todayIn(env), undefined),
    usesRealDay,
    logsRequests: env.TOPOUT_REQUEST_LOG
      ? reading.of(() => isOn(env, 'TOPOUT_REQUEST_LOG', 'off'), false)
      : undefined,
    // The example is not loaded into an organisation's cluster unless requested.
    ...reading.of(() => exampleIn(env.TOPOUT_EXAMPLE || (cluster ? 'off' : 'on')), { loadsExample: false }),
    vaultPath: env.TOPOUT_VAULT || vaultBeside(dataPath),
    settlingMs: reading.of(() => settlingIn(env), 0),
    publicUrl: reading.of(() => publicUrlIn(env), undefined),
    smtpUrl: reading.of(() => smtpUrlIn(env), undefined),
    mailFrom: reading.of(() => mailFromIn(env), ''),
    tls: reading.of(() => tlsFilesIn(env), undefined),
    proxies: reading.of(() => proxiesOf(env.TOPOUT_PROXIES || ''), []),
    readsKeptDays: reading.of(() => readsKeptIn(env), usualReadsKeptDays),
    keepsLedger: reading.of(() => isOn(env, 'TOPOUT_LEDGER', 'on'), true),
    witnesses: reading.of(() => witnessesIn(env), []),
    limits: env.TOPOUT_LIMITS ? reading.of(() => limitsOf(env.TOPOUT_LIMITS || ''), undefined) : undefined,
    provider: reading.of(() => providerIn(env), undefined),
    webhookNetworks: reading.of(() => networksOf(env.TOPOUT_WEBHOOK_NETWORKS || ''), []),
    allowsLoopbackWebhooks: reading.of(() => isOn(env, 'TOPOUT_WEBHOOK_LOOPBACK', 'off'), false),
  };
  reading.end();
  return config;
}

/** The command that starts `topout`: in a clone it is an npm script. */
export function calledAs(env: Readonly<Record<string, string | undefined>> = process.env): string {
  return env.npm_lifecycle_event === 'topout' ? 'npm run -s topout --' : 'topout';
}

/** The configuration for another data folder; its vault is the one beside that folder, unless one was configured. */
export function onData(config: Config, dataPath: string): Config {
  const isNamed = config.vaultPath !== vaultBeside(config.dataPath);
  return { ...config, dataPath, vaultPath: isNamed ? config.vaultPath : vaultBeside(dataPath) };
}

/** The default vault of a data folder: a file beside it, so that a copy of the folder holds no key. */
function vaultBeside(dataPath: string): string {
  const path = resolve(dataPath);
  return join(dirname(path), `${basename(path)}.vault.json`);
}

/**
 * The cluster in a command line argument: an address such as `esdb://...`, or a variable with one, as `env:NAME` or,
 * for `EVENT_STORE_URL`, as `cluster`; so passwords need not appear in the process list. Undefined for any other text.
 *
 * @param place the argument, such as `FROM`
 * @param prefix of its streams; defaults to `TOPOUT_STREAM_PREFIX`
 * @throws ConfigInvalid without the address
 */
export function clusterNamed(
  text: string,
  place: 'FROM' | 'TO',
  prefix: string | undefined,
  env: Environment = process.env,
): Cluster | undefined {
  const name = text === 'cluster' ? 'EVENT_STORE_URL' : /^env:(\w+)$/.exec(text)?.[1];
  if (name === undefined && !isAddress(text)) return undefined;
  const url = name === undefined ? text : secretOf(env, name);
  if (url === undefined)
    throw new ConfigInvalid(name ?? place, '', `the address of the cluster, as ${place} is "${text}"`);
  return clusterIn(env, url, prefix, {
    url: name ?? place,
    prefix: prefix === undefined ? 'TOPOUT_STREAM_PREFIX' : `--${place.toLowerCase()}-prefix`,
  });
}

function clusterIn(
  env: Environment,
  url: string,
  prefix?: string,
  saidBy?: { url: string; prefix: string },
): Cluster {
  return clusterOf({
    url,
    saidBy,
    prefix: prefix ?? env.TOPOUT_STREAM_PREFIX ?? 'topout.',
    allowed: env.EVENT_STORE_ALLOW_INSECURE || '',
    replica: env.TOPOUT_REPLICA || `${hostname()} ${process.pid}`,
    debug: env.DEBUG || '',
  });
}

function timeZoneIn(env: Environment): string {
  const timeZone = env.TOPOUT_TIME_ZONE || defaultTimeZone;
  if (isTimeZone(timeZone)) return timeZone;
  throw new ConfigInvalid('TOPOUT_TIME_ZONE', timeZone, 'an IANA name such as Asia/Shanghai');
}

function todayIn(env: Environment): Day | undefined {
  const today = env.TOPOUT_TODAY || undefined;
  if (today === undefined || isDay(today)) return today;
  throw new ConfigInvalid('TOPOUT_TODAY', today, 'a day as YYYY-MM-DD, or "real" for the real one');
}

/**
 * The example that a setting means.
 *
 * @throws ConfigInvalid
 */
export function exampleIn(said: string): Pick<Config, 'loadsExample' | 'example'> {
  if (said === 'on' || said === 'off') return { loadsExample: said === 'on' };
  const example = exampleNames.find((name) => name === said);
  if (example) return { loadsExample: true, example };
  throw new ConfigInvalid(
    'TOPOUT_EXAMPLE',
    said,
    `"on", "off", ${exampleNames.map((name) => `"${name}"`).join(' or ')}`,
  );
}

function isOn(env: Environment, name: string, otherwise: 'on' | 'off'): boolean {
  const said = env[name] || otherwise;
  if (said !== 'on' && said !== 'off') throw new ConfigInvalid(name, said, '"on" or "off"');
  return said === 'on';
}

function limitsOf(text: string): LimitsSaid {
  try {
    return limitsIn(text);
  } catch (error) {
    if (!(error instanceof LimitsInvalid)) throw error;
    throw new ConfigInvalid(
      'TOPOUT_LIMITS',
      error.message,
      `"off", or limits such as reads=100/400,questions=8/4,streams=20 with commas between: ${limitNames.join(', ')}`,
    );
  }
}
