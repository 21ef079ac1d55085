import { world as realWorld } from '../../src/composition/world.js';
import { createHttpApp } from '../../src/http/app.js';
import { FrontDoor } from '../../src/http/server/front-door.js';
import { type Dice, diceOf } from '../../test/support/dice.js';
import { openToAll } from '../../test/support/open-mode.js';
import { type Finding, onOneWorld, type Proof } from '../proof.js';
import { bodies, foreignNames, foreignOrigins, proxied, reads, sites, writes } from './foreign-requests.js';
import { type RawAnswered, sendRaw } from './raw-request.js';
import { districts, type Somebody, TwoDistricts } from './two-districts.js';

const fresh = () => ({
  requests: 0,
  /** Requests under a foreign name or from a foreign page that were answered. */
  answered: 0,
  changed: 0,
  /** Of answers: those that a page of another origin may read. */
  shared: 0,
  /** Connections that were handed over to another protocol. */
  upgraded: 0,
  /** Keys that were taken over an open connection because of a header that anybody can send. */
  keysTaken: 0,
  /** Of answers: those that a header of no named proxy changed. */
  moved: 0,
});
type Figures = ReturnType<typeof fresh>;

/**
 * A page of another origin gets nothing and changes nothing, also under a name of its own that resolves to this machine, in a
 * frame or a form, by a request for a WebSocket, with the session of somebody, and with the headers of a proxy that nobody named.
 *
 * A round is one such request, to the service that is open and to the one that asks for a sign-in.
 *
 * Broken, the front door refuses nobody; the control ends with the first request that changed something.
 */
export const rebinding: Proof = onOneWorld({
  rounds: { small: 600, full: 20_000 },
  async open() {
    const world = await TwoDistricts.open();
    const open = await createHttpApp(world.composed.topout, { ...openToAll, after: realWorld.after });
    const ports: number[] = [];
    for (const app of [open, world.closed]) {
      await app.listen(0, '127.0.0.1');
      ports.push(Number(new URL(await app.getUrl()).port));
    }
    const close = async () => {
      await open.close();
      await world.close();
    };
    return { world, ports: ports as [number, number], close };
  },
  async run({ seed, rounds, isBroken }, { world, ports }): Promise<Finding> {
    const figures = fresh();
    const { faultOf } = FrontDoor.prototype;
    if (isBroken) FrontDoor.prototype.faultOf = () => undefined;
    try {
      const trial = new Visits(world, ports, diceOf(seed), figures);
      await trial.signIn();
      for (let round = 0; round < rounds && !(isBroken && figures.changed > 0); round += 1)
        await trial.tryOne();
    } finally {
      FrontDoor.prototype.faultOf = faultOf;
    }
    const { requests, ...faults } = figures;
    const isKept = Object.values(faults).every((count) => count === 0);
    return { figures: { rounds, requests, ...faults }, pass: requests > 0 && isKept };
  },
});

class Visits {
  /** The header by which a browser goes on with the session of an inspector. */
  private session: readonly string[] = [];

  constructor(
    private readonly world: TwoDistricts,
    private readonly ports: readonly [number, number],
    private readonly dice: Dice,
    private readonly figures: Figures,
  ) {}

  async signIn(): Promise<void> {
    const inspector = this.world.somebody.find(({ name }) => name === 'installation inspector');
    const body = { key: inspector?.key };
    const { headers } = await this.world.ask({ method: 'POST', url: '/session', body });
    this.session = [`Cookie: ${String(headers['set-cookie']).split(';')[0]}`];
    const port = this.ports[1];
    const { status } = await this.send(port, 'GET', '/projects', ['Host: localhost', ...this.session], false);
    if (status !== 200) throw new Error(`The session of an inspector is answered ${status}.`);
  }

  async tryOne(): Promise<void> {
    const { dice } = this;
    const before = await this.world.composed.store.head();
    const what = dice.pick(['name', 'name', 'page', 'page', 'proxy', 'upgrade', 'open wire']);
    switch (what) {
      case 'name':
        await this.underForeignName();
        break;
      case 'page':
        await this.fromForeignPage();
        break;
      case 'proxy':
        await this.throughUnnamedProxy();
        break;
      case 'upgrade':
        await this.upgrading();
        break;
      case 'open wire':
        await this.overOpenWire();
        break;
    }
    if ((await this.world.composed.store.head()) > before) this.note('changed', what);
  }

  /** A page under a name of an attacker, which now resolves to this machine. */
  private async underForeignName(): Promise<void> {
    const host = this.dice.pick(foreignNames);
    const port = this.dice.pick(this.ports);
    const isWrite = this.dice.chance(50);
    const [method, path] = isWrite ? this.dice.pick(writes) : (['GET', this.dice.pick(reads)] as const);
    const own = this.dice.chance(50) ? [`Origin: http://${host}`, 'Sec-Fetch-Site: same-origin'] : [];
    const absolute = this.dice.chance(20) ? `http://${host}${path}` : path;
    const answer = await this.send(port, method, absolute, [`Host: ${host}`, ...own], isWrite);
    if (isAnswered(answer)) this.note('answered', `${method} ${absolute} for ${host}: ${answer.status}`);
  }

  /** A page elsewhere that sends a request to the own name; what it reads is not for it to see. */
  private async fromForeignPage(): Promise<void> {
    const port = this.dice.pick(this.ports);
    const from = this.dice.chance(60)
      ? [`Origin: ${this.dice.pick(foreignOrigins)}`]
      : [`Sec-Fetch-Site: ${this.dice.pick(sites)}`];
    const isWrite = this.dice.chance(70);
    const [method, path] = isWrite
      ? this.dice.pick(writes)
      : ([this.dice.pick(['GET', 'OPTIONS']), this.dice.pick(reads)] as const);
    const session = this.dice.chance(60) ? this.session : [];
    const answer = await this.send(port, method, path, ['Host: localhost', ...from, ...session], isWrite);
    if (isWrite && isAnswered(answer))
      this.note('answered', `${method} ${path} with ${from}: ${answer.status}`);
    const { headers } = answer;
    const isShared = Object.keys(headers).some((name) => name.startsWith('access-control-'));
    const isClosed =
      headers['cross-origin-resource-policy'] === 'same-origin' && 'x-content-type-options' in headers;
    if (answer.status > 0 && (isShared || !isClosed)) this.note('shared', `${method} ${path}`);
  }

  /** Headers of a proxy that nobody named change nothing. */
  private async throughUnnamedProxy(): Promise<void> {
    const port = this.dice.pick(this.ports);
    const path = this.dice.pick(reads.filter((one) => !/stream/.test(one)) as [string]);
    const signed = this.dice.chance(50) ? this.signed() : [];
    const more = this.dice.pick(proxied);
    const plain = await this.send(port, 'GET', path, ['Host: localhost', ...signed], false);
    const answer = await this.send(port, 'GET', path, ['Host: localhost', ...signed, ...more], false);
    const same = (one: RawAnswered) =>
      `${one.status} ${one.headers.location ?? ''} ${one.text.replaceAll(/"answeredAt":"[^"]*"/g, '')}`;
    if (same(plain) !== same(answer))
      this.note('moved', `${path} with ${more}: ${answer.status} ${answer.text.slice(0, 200)}`);
  }

  private async upgrading(): Promise<void> {
    const port = this.dice.pick(this.ports);
    const from = [`Origin: ${this.dice.pick(foreignOrigins)}`, 'Sec-Fetch-Site: cross-site'];
    const head = ['Host: localhost', ...from, 'Upgrade: websocket', 'Sec-WebSocket-Version: 13'];
    const more = ['Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==', 'Connection: Upgrade'];
    const answer = await this.send(port, 'GET', this.dice.pick(reads), [...head, ...more], false);
    if (answer.status === 101) this.note('upgraded', 'a WebSocket');
  }

  /** A key from elsewhere without TLS is not taken, whatever the headers say. */
  private async overOpenWire(): Promise<void> {
    const lines = this.dice.pick(proxied).map((line) => line.split(': ') as [string, string]);
    const { key } = this.dice.pick(this.world.somebody.slice(1) as [Somebody]);
    const answer = await this.world.ask({
      method: 'GET',
      url: '/projects',
      key,
      headers: Object.fromEntries(lines),
      remoteAddress: this.dice.pick(['10.1.2.3', '203.0.113.9', '2001:db8::7', '::ffff:10.1.2.3']),
    });
    this.figures.requests += 1;
    if (answer.status !== 401) this.note('keysTaken', `${lines.join()}: ${answer.status}`);
  }

  private async send(
    port: number,
    method: string,
    path: string,
    headers: readonly string[],
    isWrite: boolean,
  ): Promise<RawAnswered> {
    this.figures.requests += 1;
    const [type, body] = isWrite ? this.dice.pick(bodies) : (['', ''] as const);
    const head = [`${method} ${path} HTTP/1.1`, ...headers, ...(isWrite ? [`Content-Type: ${type}`] : [])];
    return sendRaw(port, head, body);
  }

  private signed(): string[] {
    return [`Authorization: Bearer ${this.dice.pick(this.world.somebody.slice(1) as [Somebody]).key}`];
  }

  private note(what: keyof Figures, sentence: string): void {
    this.figures[what] += 1;
    if (this.figures[what] <= 20) console.error(`${what}: ${sentence}`);
  }
}

/** True for an answer that is more than a refusal. */
function isAnswered({ status, text }: RawAnswered): boolean {
  return (status >= 200 && status < 400) || text.includes(`"${districts.own}"`);
}
