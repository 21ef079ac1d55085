import { nothing } from '../../../domain/values/rejections.js';
import { type Text, wordsOf } from '../../../domain/values/words.js';
import { type RequestFault, RequestRefused, seenAs } from '../problems/faults.js';
import { hostNameIn, isLoopback } from './host-name.js';

/** The host names of the service, beside those of the loopback. */
export interface OwnNames {
  /** Names and addresses without ports, spelt as by `hostNameIn`. */
  hosts?: readonly string[];
  /** The public URL of the service. */
  publicUrl?: string;
}

/** The parts of a request that the front door checks. */
export interface Arrival {
  method: string;
  headers: Readonly<Record<string, string | string[] | undefined>>;
  raw: { rawHeaders: readonly string[]; httpVersion: string };
  /** As received, before the host was removed. */
  originalUrl: string;
  /** The matched route, such as `/projects/:project`; undefined if there is none. */
  route: string | undefined;
}

/** Routes for monitors, which may use any address. */
const forMonitors = new Set(['/health/live', '/health/ready', '/health/readable']);

/**
 * Where the token in the URL authorizes the post: mail programs post from anywhere (RFC 8058), and the pages behind the
 * links of a mail send no referrer, so browsers send no origin for them.
 */
const byToken = new Set(['/subscriptions/:subscription/unsubscribe', '/subscriptions/:subscription/confirm']);

const safe = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Maximum number of remembered spellings of accepted names. */
const mostSpellings = 64;

/**
 * Refuses cross-site requests of a browser (docs/decisions/0033): those under another host name, which is how DNS
 * rebinding appears, and writes from pages of another origin.
 */
export class FrontDoor {
  private readonly names: ReadonlySet<string>;
  private readonly publicOrigin: string | undefined;
  private readonly accepted = new Set<string>();

  constructor({ hosts = [], publicUrl }: OwnNames) {
    const url = publicUrl === undefined ? null : URL.parse(publicUrl);
    this.publicOrigin = url?.origin;
    this.names = new Set([...hosts, ...(url ? [url.hostname] : [])]);
  }

  /** Why a request is refused; undefined if it is allowed. */
  faultOf(arrival: Arrival): RequestRefused | undefined {
    const fault = this.hostFault(arrival) ?? this.originFault(arrival);
    return fault && new RequestRefused([fault]);
  }

  private hostFault({ raw, originalUrl, route }: Arrival): RequestFault | undefined {
    const said = valuesOf(raw.rawHeaders, 'host');
    const [host = ''] = said;
    if (said.length > 1) return malformed(`it ${said.length} times`, 'it once');
    const target = /^https?:\/\/([^/?#]*)/i.exec(originalUrl)?.[1];
    if (target !== undefined && target.toLowerCase() !== host.toLowerCase())
      return malformed(
        wordsOf((text) => `${text(seenAs(host))} beside the address ${text(seenAs(target))}`),
        'the same host in both',
      );
    if (this.accepted.has(host)) return undefined;
    const name = hostNameIn(host);
    const mayBeAbsent = said.length === 0 && raw.httpVersion === '1.0';
    if (name === undefined && !mayBeAbsent)
      return malformed(said.length === 0 ? nothing : seenAs(host), 'a name or address, and perhaps a port');
    if (route !== undefined && forMonitors.has(route)) return undefined;
    if (name === undefined || !(isLoopback(name) || this.names.has(name))) {
      return {
        member: 'Host',
        type: 'host-unknown',
        seen: name === undefined ? nothing : seenAs(host),
        expected: 'localhost, the host of TOPOUT_PUBLIC_URL, or a name of the setting TOPOUT_HOSTS',
      };
    }
    if (this.accepted.size < mostSpellings) this.accepted.add(host);
    return undefined;
  }

  private originFault({ method, headers, route }: Arrival): RequestFault | undefined {
    if (safe.has(method) || (route !== undefined && byToken.has(route))) return undefined;
    const { origin, 'sec-fetch-site': site, host } = headers;
    if (origin !== undefined) {
      if (this.isOwn(String(origin), String(host))) return undefined;
      return {
        member: 'Origin',
        type: 'origin-foreign',
        seen: seenAs(origin),
        expected: `a page of this service, as http://${host}; TOPOUT_PUBLIC_URL says where else it is`,
      };
    }
    if (site === undefined || site === 'same-origin' || site === 'none') return undefined;
    return {
      member: 'Sec-Fetch-Site',
      type: 'origin-foreign',
      seen: seenAs(site),
      expected: 'a page of this service (same-origin), or a program, which leaves it out',
    };
  }

  /** True for the origin that a request goes to, for the one of the public address, and for listed names on their usual ports. */
  private isOwn(text: string, host: string): boolean {
    const origin = URL.parse(text);
    if (!origin || origin.origin === 'null' || origin.origin !== text) return false;
    if (origin.origin === this.publicOrigin) return true;
    // What is behind a proxy that speaks TLS does not know by which of the two it was asked.
    if (URL.parse(`${origin.protocol}//${host}`)?.host === origin.host) return true;
    return origin.port === '' && this.names.has(origin.hostname);
  }
}

/**
 * True unless a request changes something and does not say that a page of this service sent it: of those that say more,
 * the front door has refused the foreign ones.
 */
export function isByOwnPage({ method, headers }: Pick<Arrival, 'method' | 'headers'>): boolean {
  return safe.has(method) || headers.origin !== undefined || headers['sec-fetch-site'] === 'same-origin';
}

/** The path of an absolute URL: `http://localhost/projects` requests `/projects`. */
export function pathAsked(url: string): string {
  const rest = /^https?:\/\/[^/?#]*(.*)$/is.exec(url)?.[1];
  if (rest === undefined) return url;
  return rest.startsWith('/') ? rest : `/${rest}`;
}

function malformed(seen: Text, expected: Text): RequestFault {
  return { member: 'Host', type: 'host-invalid', seen, expected };
}

/** Every value of a header as received; Node's parser keeps the first one of most. */
function valuesOf(rawHeaders: readonly string[], name: string): string[] {
  return rawHeaders.filter((_, index) => index % 2 === 1 && rawHeaders[index - 1]?.toLowerCase() === name);
}
