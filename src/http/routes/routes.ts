/** The routes of the service as they were registered, so that a wrong method is told from a wrong address. */
export class Routes {
  private readonly known: { method: string; path: RegExp }[] = [];

  /** Notes a route in the syntax of fastify: `/projects/:project/entries`. */
  add(methods: string | readonly string[], url: string): void {
    if (url.includes('*')) return;
    const path = new RegExp(`^${url.replace(/[.+?^$(){}|[\]\\]/g, '\\$&').replace(/:[A-Za-z]+/g, '[^/]+')}$`);
    for (const method of [methods].flat()) this.known.push({ method, path });
  }

  /** The methods that an address has, sorted; none when nothing is there. */
  methodsOf(url: string): string[] {
    const path = url.split('?')[0] ?? '';
    const methods = this.known.filter((route) => route.path.test(path)).map(({ method }) => method);
    return [...new Set(methods)].sort();
  }
}
