import type { Dice } from '../../test/support/dice.js';
import { uuidOf } from '../../test/support/dice.js';
import type { Described, Parameter } from './document.js';
import { brokenBody, hostileValue, nearly, type Payload } from './spoilt.js';
import type { Values } from './values.js';

/** A request to an operation of the document. */
export interface Request {
  of: Described;
  url: string;
  payload?: Payload;
  headers: Record<string, string>;
}

/** Of a hundred requests, so many are as the document has them, and so many nearly; the others are hostile. */
const shares = { valid: 45, nearly: 35 };

/** Makes requests from the document: valid ones, nearly valid ones, and hostile ones. */
export class Requests {
  constructor(
    private readonly values: Values,
    private readonly dice: Dice,
    private readonly seed: number,
  ) {}

  to(of: Described, number: number): Request {
    const { dice } = this;
    const chance = dice.int(1, 100);
    const kind =
      chance <= shares.valid ? 'valid' : chance <= shares.valid + shares.nearly ? 'nearly' : 'hostile';
    // One place at a time, so that the rest is right and the fault is reached.
    const spoiltPlace =
      kind === 'valid' ? undefined : dice.pick(['address', 'query', 'header', 'body', 'body']);
    const body = this.body(of, kind, spoiltPlace === 'body');
    const path = this.path(of, spoiltPlace === 'address');
    const query = this.query(of, spoiltPlace === 'query');
    return {
      of,
      url: query === '' ? path : `${path}?${query}`,
      headers: {
        ...this.headers(of, spoiltPlace === 'header', number),
        ...(body ? { 'content-type': body.type } : {}),
      },
      ...(body ? { payload: body.payload } : {}),
    };
  }

  private path({ path, parameters }: Described, isSpoilt: boolean): string {
    const names = parameters.filter((one) => one.in === 'path').map(({ name }) => name);
    const spoilt = isSpoilt && names.length > 0 ? this.dice.pick(names as [string]) : undefined;
    return path.replace(/\{(\w+)\}/g, (_, name: string) => {
      const schema = parameters.find((one) => one.name === name)?.schema ?? { type: 'string' };
      const value = name === spoilt ? hostileValue(this.dice) : this.values.of(schema, name);
      return encoded(textOf(value)) || '%20';
    });
  }

  private query({ parameters }: Described, isSpoilt: boolean): string {
    const { dice } = this;
    const inQuery = parameters.filter((one) => one.in === 'query');
    const parts = inQuery
      .filter(({ name, required }) => required || (name !== 'wait' && dice.chance(25)))
      .map((one) => `${one.name}=${encoded(this.valueIn(one))}`);
    if (!isSpoilt) return parts.join('&');
    const names = ['unknown', '__proto__', 'constructor[a]', ...inQuery.map(({ name }) => name)] as const;
    const name = dice.pick(names as readonly [string, ...string[]]);
    const spoilt = dice.pick([
      `${name}=${encoded(textOf(hostileValue(dice)))}`,
      `${name}=1&${name}=2`,
      `${name}`,
      `${name}[]=1`,
      `${name}=%`,
      `${name}=%ff`,
      '&&==&',
      `${name}=${'9'.repeat(400)}`,
    ]);
    return [...parts, spoilt].join('&');
  }

  private valueIn({ name, schema = { type: 'string' } }: Parameter): string {
    return textOf(this.values.of(schema, name));
  }

  private headers(
    { method, parameters }: Described,
    isSpoilt: boolean,
    number: number,
  ): Record<string, string> {
    const { dice } = this;
    const headers: Record<string, string> = {};
    // An author beside a sign-in is refused, so that mostly nobody is named.
    for (const one of parameters)
      if (one.in === 'header' && dice.chance(one.name === 'Topout-By' ? 5 : 15))
        headers[one.name.toLowerCase()] = encoded(this.valueIn(one));
    if (method !== 'GET' && dice.chance(20))
      headers['idempotency-key'] = uuidOf(`fuzz ${this.seed} ${number}`);
    if (dice.chance(20))
      headers['accept-language'] = dice.pick(['zh', 'en', 'zh-CN,zh;q=0.9', '*', 'x-nothing', ';;q=']);
    if (dice.chance(10))
      headers.accept = dice.pick(['*/*', 'application/json', 'text/csv', 'application/x-ndjson', 'x/y']);
    if (!isSpoilt) return headers;
    const [name, value] = dice.pick<readonly [string, string]>([
      ['idempotency-key', 'no-uuid'],
      ['if-match', '*'],
      ['if-match', 'W/"1"'],
      ['if-match', '"99999999999999"'],
      ['topout-by', '%ff%fe'],
      ['topout-by', ' '],
      ['accept-language', 'x'.repeat(3_000)],
      ['content-encoding', 'gzip'],
      ['content-type', 'text/plain'],
      ['content-type', 'application/json; charset=utf-16'],
      ['content-type', 'application/x-www-form-urlencoded'],
      ['content-type', ';'],
      ['last-event-id', '-1'],
      ['last-event-id', '9'.repeat(300)],
      ['range', 'bytes=5-1'],
      ['if-none-match', '*'],
      ['if-modified-since', 'yesterday'],
      ['expect', '100-continue'],
      ['x-http-method-override', 'DELETE'],
    ]);
    return { ...headers, [name]: value };
  }

  private body(
    { bodies, method }: Described,
    kind: 'valid' | 'nearly' | 'hostile',
    isSpoilt: boolean,
  ): { type: string; payload: Payload } | undefined {
    const { dice } = this;
    if (bodies.length === 0) {
      if (!isSpoilt || method === 'GET') return undefined;
      return { type: 'application/json', payload: brokenBody('{"a":1}', dice) };
    }
    const { type, schema } = dice.pick(bodies as [Described['bodies'][number]]);
    const isLines = type === 'application/x-ndjson';
    const count = isLines ? dice.int(1, 4) : 1;
    const texts = Array.from({ length: count }, () => {
      const value = this.values.of(schema);
      return JSON.stringify(isSpoilt && kind === 'nearly' ? nearly(value, dice) : value) ?? '';
    });
    const text = texts.join('\n');
    const other = dice.chance(5) ? 'application/json' : type;
    return isSpoilt && kind === 'hostile'
      ? { type: other, payload: brokenBody(text, dice) }
      : { type, payload: text };
  }
}

/** Percent-encoded; half characters, which cannot be encoded, as their bytes. */
function encoded(text: string): string {
  return encodeURIComponent(text.toWellFormed());
}

function textOf(value: unknown): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
