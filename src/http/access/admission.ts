import type { BlockList } from 'node:net';
import type { CredentialKind } from '../../../domain/access/events.js';
import type { Permission } from '../../../domain/access/permissions.js';
import { isEverywhere, isWithin, type Place, type Reach } from '../../../domain/access/scope.js';
import type { Access } from '../../app/access/access.js';
import type { IdentityProvider } from '../../app/access/identity-provider.js';
import type { NotSignedIn } from '../../app/access/principals.js';
import type { ReadKind } from '../../app/access/reads.js';
import { notPermitted } from '../../app/refusals.js';
import type { Topout } from '../../app/topout.js';
import type { Limits } from '../limits/limits.js';
import { RequestRefused } from '../problems/faults.js';
import { isByOwnPage } from '../server/front-door.js';
import { absent } from './absent.js';
import { type Caller, nobody, nobodyOnOpenWire, openCaller, rightsOf } from './caller.js';
import { cookieOf, lastUseOf } from './cookie.js';
import { readKindOf, readsUnrecorded } from './recorded-reads.js';
import { replaysAsked } from './replay-asked.js';
import type { RoutePermissions } from './route-permissions.js';
import { notByOwnPage, openWire, sessionEnded, signInNeeded, whyNot } from './sign-in-faults.js';
import type { Stated } from './stated.js';
import { callerOfToken, isToken } from './token-sign-in.js';
import { isOwnWire } from './wire.js';

/** Sent by a page with a request that nobody at the device asked for; it does not keep a session in use. */
const unattendedHeader = 'topout-unattended';

/** What a header is taken for, and what a cookie is. */
const headerKinds: readonly CredentialKind[] = ['key'];
const cookieKinds: readonly CredentialKind[] = ['session', 'device'];

/** How requests are admitted beside the table of routes. */
export interface AdmissionOptions {
  /** True for a request of everybody where they may do everything; false when absent. */
  isOpen?: (headers: Arriving['headers']) => boolean;
  /** The proxies from whose connections a sign-in is taken; the loopback alone when absent. */
  proxies?: BlockList;
  /** By whose access tokens programs sign in; by none when absent. */
  provider?: IdentityProvider;
  /** How often requests may come; without them as often as they do. */
  limits?: Limits;
}

/** The parts of a request that are read to admit it. */
export interface Arriving {
  method: string;
  headers: Readonly<Record<string, string | string[] | undefined>>;
  raw: { socket: { remoteAddress?: string | undefined; encrypted?: boolean } };
  routeOptions: { url?: string | undefined };
  params: unknown;
  query: unknown;
  caller: Caller;
  /** By what its requests are counted; absent for those that are not. */
  limitKey?: string;
  /** As what its answer is recorded. */
  readAs?: ReadKind;
}

/** Admits requests by the stated permission of their route: default deny, for everything that the server answers. */
export class Admission {
  constructor(
    private readonly topout: Topout,
    private readonly permissions: RoutePermissions,
    private readonly options: AdmissionOptions,
  ) {}

  /**
   * Finds the caller of a request, and whether the request is within their rights. Immediate unless the place of a project is not at hand.
   *
   * @throws RequestRefused `sign-in-needed`, `key-*`, `wire-open`
   * @throws Refused `not-permitted`; and what an absent project, alert or subscription is answered with
   */
  admit(request: Arriving): void | Promise<void> {
    const stated = this.permissions.of(request.method, request.routeOptions.url);
    const isPublic = stated === 'public' || stated === 'sign-in';
    if (stated === 'sign-in') {
      this.requireOwnWire(request);
      this.options.limits?.requireTries(request);
    }
    const caller = this.callerOf(request, isPublic);
    if (!(caller instanceof Promise)) return this.admitCaller(caller, request, stated);
    return caller.then((found) => this.admitCaller(found, request, stated));
  }

  private admitCaller(caller: Caller, request: Arriving, stated: Stated): void | Promise<void> {
    request.caller = caller;
    this.options.limits?.count(request);
    if (caller.kind === 'open' || stated === 'public' || stated === 'sign-in') return;
    if (caller.kind === 'nobody') throw signInNeeded();
    if (stated === 'signed-in') return;
    const reach = reachOf(caller, stated.any);
    if (!reach) throw notPermitted(stated.any);
    const placed = this.requirePlace(request, stated, reach);
    // Who may do what has a history of its own, with a permission of its own.
    const moments = stated.any.includes('access-read') ? [] : replaysAsked(request.query);
    if (moments.length === 0) return placed;
    return Promise.resolve(placed).then(() => this.requireReplay(request, moments));
  }

  /**
   * Waits until an admitted request that takes long may begin; returns what ends it, or undefined for others.
   *
   * @throws RateLimited
   * @throws Refused `reads-unrecorded`
   */
  enter(request: Arriving): Promise<(() => void) | undefined> | undefined {
    const moments = request.caller.kind === 'nobody' ? [] : replaysAsked(request.query);
    if (moments.length === 0) return this.begin(request, false);
    return this.areRecent(moments).then((areRecent) => this.begin(request, !areRecent));
  }

  private async areRecent(moments: readonly Moment[]): Promise<boolean> {
    const recent = await Promise.all(moments.map((moment) => this.topout.access.isRecent(moment)));
    return recent.every((isRecent) => isRecent);
  }

  private begin(request: Arriving, isReplay: boolean): Promise<() => void> | undefined {
    const kind = readKindOf(request, isReplay);
    if (kind && this.topout.reads.isFailing()) throw readsUnrecorded();
    if (kind) request.readAs = kind;
    return this.options.limits?.enter(request, isReplay);
  }

  private callerOf(request: Arriving, isPublic: boolean): Caller | Promise<Caller> {
    const { headers } = request;
    // Nobody has a key of an open installation: what a gateway takes as one is no fault here.
    if (this.options.isOpen?.(headers)) return openCaller;
    const { authorization } = headers;
    const bearer = /^Bearer +(\S+) *$/i.exec(String(authorization))?.[1];
    const cookie = cookieOf(request);
    // A bearer token beside a cookie may be for a gateway in front of the service.
    const byCookie = cookie !== undefined && !bearer?.startsWith('tpo_');
    if (!byCookie && authorization === undefined)
      return isOwnWire(request.raw.socket, this.options.proxies) ? nobody : nobodyOnOpenWire;
    if (!byCookie && bearer !== undefined && this.options.provider && isToken(bearer))
      return this.byToken(bearer, this.options.provider, request, isPublic);
    const found = this.signIn(request, byCookie ? cookie : bearer, byCookie ? cookieKinds : headerKinds);
    const fault = typeof found === 'string' ? (byCookie ? sessionEnded(found) : whyNot[found]) : undefined;
    const isForeign = byCookie && !isByOwnPage(request);
    if (typeof found === 'object' && !isForeign) return found;
    // A public route needs no sign-in, so that a wrong one is no fault.
    if (isPublic) return nobody;
    if (!byCookie) this.options.limits?.failed(request);
    throw new RequestRefused([fault ?? notByOwnPage]);
  }

  private async byToken(
    token: string,
    provider: IdentityProvider,
    request: Arriving,
    isPublic: boolean,
  ): Promise<Caller> {
    const isOwn = isOwnWire(request.raw.socket, this.options.proxies);
    const found = isOwn ? await callerOfToken(token, provider, this.topout.access) : whyNot['wire-open'];
    if ('kind' in found) return found;
    if (isPublic) return nobody;
    if (found.type === 'token-invalid') this.options.limits?.failed(request);
    throw new RequestRefused([found]);
  }

  private signIn(
    request: Arriving,
    credential: string | undefined,
    kinds: readonly CredentialKind[],
  ): Caller | NotSignedIn | 'wire-open' {
    const { headers, raw } = request;
    if (credential === undefined) return 'malformed';
    if (!isOwnWire(raw.socket, this.options.proxies)) return 'wire-open';
    const isUnattended = headers[unattendedHeader] !== undefined;
    const mark = kinds === cookieKinds ? lastUseOf(request) : undefined;
    const found = this.topout.access.admit(credential, { kinds, isUnattended, mark });
    return typeof found === 'object' ? { ...found, kind: 'signed-in', by: found.kind } : found;
  }

  /** A password or a link is not read where others can. */
  private requireOwnWire({ raw }: Arriving): void {
    if (!isOwnWire(raw.socket, this.options.proxies)) throw new RequestRefused([openWire]);
  }

  /** Refuses a place that is out of reach: as absent where the caller may not even read it. */
  private requirePlace(request: Arriving, { any, at }: Needed, reach: Reach): void | Promise<void> {
    const { caller } = request;
    const { project, alert, subscription } = request.params as Record<string, string | undefined>;
    if (at === 'subscription') return this.requireOwn(caller, any, String(subscription));
    if (at === 'somewhere' || isEverywhere(reach)) return;
    if (at === 'everywhere') throw notPermitted(any);
    const of = at === 'alert' ? this.topout.alerts.projectOf(String(alert)) : project;
    if (of === undefined) return absent('alert', String(alert));
    const check = (place: Place) => {
      if (isWithin(reach, place)) return;
      const readable = rightsOf(caller)['project-read'];
      if (readable && isWithin(readable, place)) throw notPermitted(any);
      absent(at, String(at === 'alert' ? alert : project));
    };
    const place = this.topout.access.placeOf(of);
    return place instanceof Promise ? place.then(check) : check(place);
  }

  /** A subscription is its owner's, and an administrator's, who has all of them. */
  private requireOwn(caller: Caller, any: readonly Permission[], subscription: string): void {
    const rights = rightsOf(caller);
    const all = any.includes('subscriptions-all') ? rights['subscriptions-all'] : undefined;
    if (all && isEverywhere(all)) return;
    const isOwner =
      caller.kind === 'signed-in' && this.topout.governance.ownerOf(subscription) === caller.person;
    if (!(isOwner && rights['subscriptions-own'])) absent('subscription', subscription);
  }

  /** What was known more than a day ago is for those who replay: the answer is narrowed to where they do. */
  private async requireReplay(request: Arriving, moments: readonly Moment[]): Promise<void> {
    const { caller } = request;
    const reach = rightsOf(caller).replay;
    if (reach && isEverywhere(reach)) return;
    if (await this.areRecent(moments)) return;
    const { project, alert } = request.params as Record<string, string | undefined>;
    const of = alert === undefined ? project : this.topout.alerts.projectOf(alert);
    if (!reach || (of !== undefined && !isWithin(reach, await this.topout.access.placeOf(of))))
      throw notPermitted(['replay']);
    if (caller.kind === 'signed-in')
      request.caller = { ...caller, rights: { ...caller.rights, 'project-read': reach } };
  }
}

type Moment = Parameters<Access['isRecent']>[0];
type Needed = Exclude<Stated, string>;

/** The areas of all of some permissions that a caller has; undefined if there is none. */
function reachOf(caller: Caller, any: readonly Permission[]): Reach | undefined {
  const rights = rightsOf(caller);
  const areas = any.flatMap((permission) => rights[permission] ?? []);
  return areas.length > 0 ? areas : undefined;
}
