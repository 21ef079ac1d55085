/** The registered routes, to distinguish a wrong method from an unknown URL. */
export class Routes {
  private readonly known: { method: string; path: RegExp }[] = [];

  /** Records a route in fastify's syntax: `/projects/:project/entries`. */
  add(methods: string | readonly string[], url: string): void {
    if (url.includes('*')) return;
    const path = new RegExp(`^${url.replace(/[.+?^$(){}|[\]\\]/g, '\\$&').replace(/:[A-Za-z]+/g, '[^/]+')}$`);
    for (const method of [methods].flat()) this.known.push({ method, path });
  }

  /** The methods of a URL, sorted; empty for an unknown one. */
  methodsOf(url: string): string[] {
    const path = url.split('?')[0] ?? '';
    const methods = this.known.filter((route) => route.path.test(path)).map(({ method }) => method);
    return [...new Set(methods)].sort();
  }
}
