import type { BlockList } from 'node:net';
import type { Limits as KeyLimits } from '../../../domain/access/events.js';
import type { World } from '../../app/ports.js';
import type { Caller } from '../access/caller.js';
import { clientAddress } from '../access/client-address.js';
import { Buckets, type Rate } from './buckets.js';
import type { LimitsSaid, Rates } from './figures.js';
import { overRate, RateLimited } from './rate-limited.js';
import { Slots } from './slots.js';

/** The ports of limits. */
export interface LimitPorts {
  said: LimitsSaid;
  /** A clock that never goes back, in milliseconds. */
  elapsedMs(): number;
  after: World['after'];
  /** The proxies that say for whom they ask. */
  proxies?: BlockList;
}

/** The parts of a request by which it is counted. */
interface Counted {
  method: string;
  headers: Readonly<Record<string, string | string[] | undefined>>;
  raw: { socket: { remoteAddress?: string | undefined } };
  routeOptions: { url?: string | undefined };
  caller: Caller;
  limitKey?: string;
}
type Sender = Pick<Counted, 'headers' | 'raw'>;

/** Files of the page and the state of the service: answered without data to everybody, also to a whole office behind one address. */
const free = /^\/($|(assets|log|problems|health)(\/|$))/;
/** Routes that make the service send something to an address. */
const adding = new Set(['POST /subscriptions', 'PUT /subscriptions/:subscription']);
const testing = new Set([
  'POST /subscriptions/:subscription/test',
  'POST /subscriptions/:subscription/confirmation',
]);
const reading = new Set(['GET', 'HEAD', 'OPTIONS']);
/** Questions about all history, whatever they ask for. */
const alwaysLong = new Set(['POST /rules/test', 'POST /lexicon/test']);
/** A burst of a key with limits of its own, in seconds of its rate. */
const ownBurstSeconds = 5;
/** When a client comes back that found every slot taken, in seconds. */
const slotAgainSeconds = 5;

/**
 * The limits of requests: of nobody by address, of wrong sign-ins by address, and of each credential; in open mode none for this
 * machine, unless the installation set some.
 *
 * Counted before the body is read, and before the permission is looked at.
 */
export class Limits {
  private readonly buckets: Readonly<Record<keyof Rates, Buckets>>;
  private readonly questions: Slots;
  private readonly imports: Slots;

  constructor(private readonly ports: LimitPorts) {
    const { said, elapsedMs, after } = ports;
    const { rates, questions, imports } = said.figures;
    const made = Object.keys(rates).map((name) => [name, new Buckets(elapsedMs)]);
    this.buckets = Object.fromEntries(made) as Record<keyof Rates, Buckets>;
    this.questions = new Slots(questions, after);
    this.imports = new Slots(imports, after);
  }

  /** Open streams that one credential may have. */
  get streams(): number {
    return this.ports.said.figures.streams;
  }

  /** Buckets that are held; for the bound of memory. */
  get held(): number {
    return Object.values(this.buckets).reduce((sum, { size }) => sum + size, 0);
  }

  /**
   * Counts a request whose caller is known.
   *
   * @throws RateLimited
   */
  count(request: Counted): void {
    const { caller, method, routeOptions } = request;
    const { url = '-' } = routeOptions;
    if (this.ports.said.isOff || free.test(url)) return;
    if (caller.kind === 'nobody') {
      this.take('strangers', this.addressOf(request));
      return;
    }
    const key = this.keyOf(request);
    if (key === undefined) return;
    request.limitKey = key;
    const name = reading.has(method) ? 'reads' : 'writes';
    const own = caller.kind === 'signed-in' ? caller.limits?.rates : undefined;
    this.take(name, key, ownRate(own, name));
    const route = `${method} ${url}`;
    if (adding.has(route)) this.take('addresses', key);
    if (testing.has(route)) this.take('tests', key);
    if (route === 'POST /entries') this.require('lines', key);
  }

  /**
   * Counts a wrong sign-in; its address is refused once there were too many. A right one is never refused for those of others, who
   * may share the address.
   *
   * @throws RateLimited
   */
  failed(request: Sender): void {
    if (!this.ports.said.isOff) this.take('failures', this.addressOf(request));
  }

  /** Refuses to try a sign-in whose check is expensive, once there were too many wrong ones. @throws RateLimited */
  requireTries(request: Sender): void {
    if (!this.ports.said.isOff) this.require('failures', this.addressOf(request));
  }

  /** Counts lines of an import. */
  lines(key: string | undefined, count: number): void {
    if (key !== undefined) this.buckets.lines.charge(key, this.ports.said.figures.rates.lines, count);
  }

  /**
   * Waits until a request that takes long may begin; returns what ends it, or undefined for others.
   *
   * @throws RateLimited
   */
  enter(request: Counted, isReplay: boolean): Promise<() => void> | undefined {
    const { limitKey: key, method, routeOptions } = request;
    if (key === undefined) return undefined;
    const route = `${method} ${routeOptions.url}`;
    if (route === 'POST /entries') return this.slot(this.imports, key);
    return isReplay || alwaysLong.has(route) ? this.slot(this.questions, key) : undefined;
  }

  private async slot(slots: Slots, key: string): Promise<() => void> {
    const release = slots.isFull(key) ? undefined : await slots.take(key);
    if (release) return release;
    const seen = { en: 'one more request that takes long', zh: '又一个耗时的请求' };
    const expected = {
      en: 'fewer at a time; again once others are done',
      zh: '减少同时请求；其他完成后再试',
    };
    throw new RateLimited(seen, expected, slotAgainSeconds);
  }

  private take(name: keyof Rates, key: string, own?: Rate): void {
    const rate = own ?? this.ports.said.figures.rates[name];
    const waitMs = this.buckets[name].take(key, rate);
    if (waitMs > 0) throw overRate(name, rate, this.buckets[name].left(key, rate), waitMs);
  }

  private require(name: keyof Rates, key: string): void {
    const rate = this.ports.said.figures.rates[name];
    const waitMs = this.buckets[name].waitMs(key, rate);
    if (waitMs > 0) throw overRate(name, rate, this.buckets[name].left(key, rate), waitMs);
  }

  /** By what the requests of a caller are counted; undefined where they are not. */
  private keyOf(request: Counted): string | undefined {
    const { caller } = request;
    if (caller.kind === 'signed-in') return caller.credential;
    const address = this.addressOf(request);
    return !this.ports.said.isSaid && isOfThisMachine(address) ? undefined : address;
  }

  private addressOf(request: Sender): string {
    return clientAddress(request, this.ports.proxies);
  }
}

/** True for an address of this machine; of IPv6 it is the only one in its network. */
function isOfThisMachine(address: string): boolean {
  return address === '0:0:0:0::/64' || address.startsWith('127.');
}

function ownRate(own: KeyLimits['rates'], name: 'reads' | 'writes'): Rate | undefined {
  const perSecond = own?.[name];
  return perSecond === undefined ? undefined : { perSecond, burst: Math.ceil(perSecond * ownBurstSeconds) };
}
