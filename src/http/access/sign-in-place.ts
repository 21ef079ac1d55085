import type { BlockList } from 'node:net';
import { clientAddress } from './client-address.js';
import { type Asking, isOverTls } from './cookie.js';

/** Where people sign in: the address of the page, and which proxies pass on the address of a client. */
export class SignInPlace {
  constructor(
    private readonly publicUrl: string | undefined,
    private readonly proxies: BlockList | undefined,
  ) {}

  /** The address at which a one-time link is used; the part behind the `#` is sent to no server and in no log. */
  urlOf(asking: Asking, link: string): string {
    return linkUrl(this.baseOf(asking), link);
  }

  /** The address that a phone opens to use a code, which is behind the `#` as well. */
  enrolmentUrlOf(asking: Asking, code: string): string {
    return `${this.baseOf(asking).replace(/\/+$/, '')}/log/#/enrol/${code.replaceAll('-', '')}`;
  }

  /** The address of a route of the service, as its browsers know it. */
  routeUrlOf(asking: Asking, path: string): string {
    return `${this.baseOf(asking).replace(/\/+$/, '')}${path}`;
  }

  private baseOf(asking: Asking): string {
    return this.publicUrl ?? `${isOverTls(asking) ? 'https' : 'http'}://${asking.headers.host}`;
  }

  addressOf(coming: Parameters<typeof clientAddress>[0]): string {
    return clientAddress(coming, this.proxies);
  }
}

/** A one-time link at the page of a service. */
export function linkUrl(base: string, link: string): string {
  return `${base.replace(/\/+$/, '')}/#/link/${link}`;
}

/** Where the first administrator is made, by the token of the data folder. */
export function setupUrl(base: string, token: string): string {
  return `${base.replace(/\/+$/, '')}/#/begin/${token}`;
}
