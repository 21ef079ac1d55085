import { Admission, type Arriving } from '../../src/http/access/admission.js';
import { openCaller } from '../../src/http/access/caller.js';
import { statedRoutes } from '../../src/http/access/stated.js';
import { type Dice, diceOf } from '../../test/support/dice.js';
import { type Finding, onOneWorld, type Proof } from '../proof.js';
import { outsideText } from './built-page.js';
import { speltOtherwise } from './path-spellings.js';
import { sendRaw } from './raw-request.js';
import { absentId, districts, projects, type Somebody, TwoDistricts } from './two-districts.js';

const fresh = () => ({
  requests: 0,
  routes: 0,
  /** Requests that were answered although the plain one was refused. */
  reached: 0,
  /** Of answers: something of a district in which the caller has no role. */
  leaks: 0,
  /** Files from outside of the folders of the page. */
  escaped: 0,
  changed: 0,
  serverErrors: 0,
});
type Figures = ReturnType<typeof fresh>;

/**
 * No spelling of an address reaches what the plain one is refused: not by encoding, slashes, dots, parameters of a path,
 * absolute forms, other methods, overriding headers, or members that are there twice; and no file outside of the page is
 * served.
 *
 * A round is one request for a route that its caller may not use, spelt otherwise.
 *
 * Broken, the guard reads the address as it was written: what has an escape in it is no route that it knows. The control ends
 * with the first request that reached something.
 */
export const pathTricks: Proof = onOneWorld({
  rounds: { small: 1_000, full: 60_000 },
  async open() {
    const world = await TwoDistricts.open();
    await world.closed.listen(0, '127.0.0.1');
    return world;
  },
  async run({ seed, rounds, isBroken }, world): Promise<Finding> {
    const figures = fresh();
    const { admit } = Admission.prototype;
    if (isBroken)
      Admission.prototype.admit = function (request: Arriving & { url?: string }) {
        if (!/%[0-9a-f]{2}/i.test(request.url ?? '')) return admit.call(this, request);
        request.caller = openCaller;
      };
    try {
      const port = Number(new URL(await world.closed.getUrl()).port);
      const trial = new Tricks(world, port, diceOf(seed), figures);
      for (let round = 0; round < rounds && !(isBroken && figures.reached > 0); round += 1)
        await trial.tryOne();
    } finally {
      Admission.prototype.admit = admit;
    }
    const { requests, routes, ...faults } = figures;
    const isKept = Object.values(faults).every((count) => count === 0);
    return { figures: { rounds, requests, routes, ...faults }, pass: requests > 0 && isKept };
  },
});

class Tricks {
  private readonly routes: [string, ...string[]];
  private readonly callers: [Somebody, ...Somebody[]];
  /** Of plain requests, by caller and address. */
  private readonly plain = new Map<string, number>();

  constructor(
    private readonly world: TwoDistricts,
    private readonly port: number,
    private readonly dice: Dice,
    private readonly figures: Figures,
  ) {
    const named = [...new Set(world.routes)].filter((route) => statedRoutes[route] !== undefined);
    this.routes = named.filter((route) => statedRoutes[route] !== 'public') as [string];
    figures.routes = this.routes.length;
    const names = ['nobody', 'district subscriber', 'district inspector', 'district administrator'];
    this.callers = world.somebody.filter(({ name }) => names.includes(name)) as [Somebody];
  }

  /** Tries one route that a caller may not use. */
  async tryOne(): Promise<void> {
    const caller = this.dice.pick(this.callers);
    const [method = '', address = ''] = this.dice.pick(this.routes).split(' ');
    const path = this.filled(address);
    if ((await this.plainStatus(caller, method, path)) < 400) return;
    const spelt = speltOtherwise(method, path, this.dice);
    const { store } = this.world.composed;
    const before = await store.head();
    const answer = await this.send(caller, spelt.method, spelt.target, spelt.headers);
    const note = (what: keyof Figures) => {
      this.figures[what] += 1;
      if (this.figures[what] > 20) return;
      const { status, text } = answer;
      console.error(
        `${what}: ${caller.name}, ${spelt.method} ${spelt.target} ${spelt.headers}: ${status} ${text.slice(0, 200)}`,
      );
    };
    this.figures.requests += 1;
    if (answer.status >= 500) note('serverErrors');
    const isAnswered = answer.status >= 200 && answer.status < 400;
    // Another method may be a route that the caller may use.
    const plainMethod = spelt.method === 'HEAD' ? 'GET' : spelt.method;
    const isAllowed = isAnswered && (await this.plainStatus(caller, plainMethod, path)) < 400;
    if (isAnswered && !isAllowed && !isPublic(spelt.method, spelt.target)) note('reached');
    if (
      isAnswered &&
      (answer.text.includes(districts.foreign) || (!caller.key && answer.text.includes(districts.own)))
    )
      note('leaks');
    if (answer.text.includes(outsideText) || /root:.*:0:0:/.test(answer.text)) note('escaped');
    if ((await store.head()) > before) note('changed');
  }

  /** An address with something foreign, or absent, in each of its parts. */
  private filled(address: string): string {
    const { alerts, people, somebody } = this.world;
    const [one] = somebody.slice(1) as [Somebody];
    const parts: Record<string, string> = {
      project: this.dice.pick([projects.foreign, projects.absent]),
      alert: alerts.foreign,
      person: people.foreign,
      subscription: this.world.subscriptionOf(one, 'foreign'),
      name: 'site-days',
      credential: 'zzzzzzzz',
      '*': 'office.js',
    };
    return address.replace(/:(\w+)|\*/g, (part, name: string = part) => parts[name] ?? absentId);
  }

  private async plainStatus(caller: Somebody, method: string, path: string): Promise<number> {
    const key = `${caller.name} ${method} ${path}`;
    const known = this.plain.get(key);
    if (known !== undefined) return known;
    const { status } = await this.send(caller, method, path, []);
    this.plain.set(key, status);
    return status;
  }

  private send({ key }: Somebody, method: string, target: string, headers: readonly string[]) {
    const signed = key === undefined ? [] : [`Authorization: Bearer ${key}`];
    const hasBody = /^(POST|PUT|PATCH)$/.test(method);
    const type = hasBody ? ['Content-Type: application/json'] : [];
    const head = [`${method} ${target} HTTP/1.1`, 'Host: localhost', ...signed, ...type, ...headers];
    return sendRaw(this.port, head, hasBody ? '{}' : '');
  }
}

/** True for an address that is a public route as it is written, whatever comes after its question mark. */
function isPublic(method: string, target: string): boolean {
  const path = target.replace(/^https?:\/\/[^/]*/i, '').split(/[?#]/)[0] ?? '';
  return Object.entries(statedRoutes).some(([route, stated]) => {
    const [of, address = ''] = route.split(' ');
    if (stated !== 'public' || of !== (method === 'HEAD' ? 'GET' : method)) return false;
    const pattern = address.replace(/[.]/g, '\\.').replace(/:\w+/g, '[^/]+').replace('*', '.+');
    return new RegExp(`^${pattern}$`).test(path);
  });
}
