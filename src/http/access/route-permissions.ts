import { type Stated, statedRoutes } from './stated.js';

/** A route has no stated permission: the service does not start. */
class RouteUnstated extends Error {}

/** The stated permissions of the routes that were registered. */
export class RoutePermissions {
  private readonly known = new Map<string, Stated>();

  constructor(private readonly stated: Readonly<Record<string, Stated>> = statedRoutes) {}

  /**
   * Takes a registered route.
   *
   * @throws RouteUnstated
   */
  add(methods: string | readonly string[], url: string): void {
    for (const method of [methods].flat()) {
      const name = `${method === 'HEAD' ? 'GET' : method} ${url}`;
      const stated = Object.hasOwn(this.stated, name) ? this.stated[name] : undefined;
      if (stated === undefined)
        throw new RouteUnstated(
          `The route ${method} ${url} has no stated permission; state it in src/http/access/stated.ts.`,
        );
      this.known.set(`${method} ${url}`, stated);
    }
  }

  /** Who may use a route; everybody who signed in learns that an address has none. */
  of(method: string, route: string | undefined): Stated {
    return (route === undefined ? undefined : this.known.get(`${method} ${route}`)) ?? 'signed-in';
  }
}
