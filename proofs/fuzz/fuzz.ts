import { notPermitted } from '../../src/app/refusals.js';
import { diceOf } from '../../test/support/dice.js';
import { absentId, districts, projects, type Somebody, TwoDistricts } from '../access/two-districts.js';
import { type Finding, onOneWorld, type Proof } from '../proof.js';
import { ApiDocument, type Described } from './document.js';
import { type Request, Requests } from './requests.js';
import { Values } from './values.js';

const fresh = () => ({
  requests: 0,
  operations: 0,
  /** Of the operation that was asked least. */
  leastAsked: 0,
  /** Requests by which something was done or shown. */
  answered: 0,
  serverErrors: 0,
  changedByRefused: 0,
  /** Of answers: status, type or content that the document does not describe. */
  undocumented: 0,
});
type Figures = ReturnType<typeof fresh>;

/**
 * No request gets a server error, no refused one changes the store, and every answer is one that the API's document describes:
 * its status, its type and its content.
 *
 * A round is one request that is made from the document: valid, nearly valid, or hostile; in open mode, or by the key of
 * somebody with a role.
 *
 * Broken, one route fails, one answers what the document does not have, and one refuses what it has recorded; only these three
 * are asked, by a quarter of the requests, and all three have to be seen.
 */
export const fuzz: Proof = onOneWorld({
  rounds: { small: 940, full: 100_000 },
  open: () => TwoDistricts.open(),
  async run({ seed, rounds, isBroken }, world): Promise<Finding> {
    const figures = fresh();
    const { status, text } = await world.ask({
      method: 'GET',
      url: '/openapi.json',
      key: world.administrator,
    });
    if (status !== 200) throw new Error(`There is no document: ${text}`);
    const document = new ApiDocument(JSON.parse(text));
    const trial = new Trial(world, document, seed, figures);
    if (isBroken) {
      const mend = breakThree(world);
      await trial.run(Math.ceil(rounds / 4), brokenThree).finally(mend);
    } else await trial.run(rounds);
    const { serverErrors, changedByRefused, undocumented, answered } = figures;
    const faults = [serverErrors, changedByRefused, undocumented];
    const isKept = faults.every((count) => count === 0) && answered > 0;
    // Of three broken rules none may be missed.
    const pass = isBroken ? faults.some((count) => count === 0) : isKept;
    return { figures: { rounds, ...figures }, pass };
  },
});

class Trial {
  private readonly dice;
  private readonly requests;
  private readonly asked = new Map<string, number>();

  constructor(
    private readonly world: TwoDistricts,
    private readonly document: ApiDocument,
    seed: number,
    private readonly figures: Figures,
  ) {
    this.dice = diceOf(seed);
    const values = new Values((schema) => document.schema(schema), knownIn(world), this.dice);
    this.requests = new Requests(values, this.dice, seed);
  }

  /** @param only the operations that are asked; all when absent */
  async run(rounds: number, only?: readonly string[]): Promise<void> {
    const operations = this.document.operations.filter(
      ({ path, operation }) => path !== '/alerts/stream' && (only?.includes(operation) ?? true),
    );
    this.figures.operations = operations.length;
    for (let round = 0; round < rounds; round += 1) {
      // Each in turn, so that none is left out.
      const of = operations[round % operations.length] as Described;
      await this.tryOne(this.requests.to(of, round), round);
      this.asked.set(of.operation, (this.asked.get(of.operation) ?? 0) + 1);
    }
    this.figures.leastAsked = Math.min(...operations.map(({ operation }) => this.asked.get(operation) ?? 0));
  }

  private async tryOne({ of, url, payload, headers }: Request, round: number): Promise<void> {
    const { figures, world, dice } = this;
    const { store } = world.composed;
    const key = dice.chance(40) ? undefined : dice.pick(world.somebody.slice(1) as [Somebody]).key;
    const app = key === undefined ? world.open : world.closed;
    const before = await store.head();
    await world.composed.views.waitFor(before);
    const {
      statusCode: status,
      headers: sent,
      payload: text,
    } = await app.inject({
      method: of.method as 'GET',
      url,
      ...(payload === undefined ? {} : { payload }),
      headers: { ...headers, ...(key === undefined ? {} : { authorization: `Bearer ${key}` }) },
    });
    figures.requests += 1;
    const note = (what: keyof Figures, why: string) => {
      figures[what] += 1;
      if (figures[what] > 25) return;
      const body = String(payload ?? '').slice(0, 300);
      console.error(
        `${what}, round ${round}: ${of.method} ${url.slice(0, 300)} ${JSON.stringify(headers).slice(0, 200)} ${body}: ${why}`,
      );
    };
    // A line of an import has a status of its own.
    const isFault = status >= 500 || /^\{"line":\d+,"status":5/m.test(text);
    if (isFault) note('serverErrors', `${status} ${text.slice(0, 300)}`);
    if (status < 400) figures.answered += 1;
    const isRefused = status >= 400 && status < 500;
    if (isRefused && (await store.head()) !== before)
      note('changedByRefused', `${status} ${text.slice(0, 200)}`);
    const fault = this.document.fault(of, status, String(sent['content-type'] ?? ''), text);
    if (fault !== undefined) note('undocumented', `${fault}: ${text.slice(0, 300)}`);
  }
}

/** What exists in the service, by the names of members and of parts of addresses. */
function knownIn(world: TwoDistricts) {
  const { alerts, people, receiver } = world;
  const [somebody] = world.somebody.slice(1) as [Somebody];
  return {
    project: [projects.own, projects.own, projects.foreign, projects.absent],
    district: [districts.own, districts.foreign],
    alert: [alerts.own, alerts.foreign, absentId],
    person: [people.own, people.foreign, absentId, somebody.person],
    subscription: [
      world.subscriptionOf(somebody, 'own'),
      world.subscriptionOf(somebody, 'foreign'),
      absentId,
    ],
    // No name is looked up: a request of the service leaves this machine for nobody.
    url: [
      `http://127.0.0.1:${receiver.port}/hook`,
      'http://127.0.0.1:9/',
      'https://10.0.0.1/',
      'ftp://127.0.0.1/',
    ],
    item: ['hall', 'roof'],
    token: ['wrong'],
    asOf: ['2018-06-30', '2018-07-01', '2018-07-10'],
    after: ['0', '1'],
    knownAt: ['1', '10', '2018-07-01T00:00:00Z'],
    version: ['1', '2'],
    period: ['2018-06', '2018-05', '2018-W20', '2018'],
    timeZone: ['Asia/Shanghai', 'UTC', 'Europe/Berlin'],
    days: [1, 30, 365],
    dueOn: ['2018-07-20'],
    until: ['2018-07-20'],
  } as const;
}

const brokenThree = ['series', 'portfolio', 'acknowledge'];

/** Breaks these three operations; returns what mends them. */
function breakThree({ composed: { topout } }: TwoDistricts): () => void {
  const { portfolio, series, alerts } = topout;
  const broken = topout as { -readonly [K in keyof typeof topout]: (typeof topout)[K] };
  broken.series = () => Promise.reject(new TypeError('Cannot read properties of undefined'));
  broken.portfolio = async (...asked) => ({ ...(await portfolio(...asked)), total: 'much' }) as never;
  const acknowledge = alerts.acknowledge.bind(alerts);
  alerts.acknowledge = async (...asked) => {
    await acknowledge(...asked);
    throw notPermitted();
  };
  return () => {
    Object.assign(broken, { portfolio, series });
    Object.assign(alerts, { acknowledge });
  };
}
