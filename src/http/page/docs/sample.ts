import { type ApiDocument, type Route, type Schema, shapeName } from './document.js';

type Shapes = ApiDocument['components']['schemas'];

/** Values that stand for all of a name, in the words of the example district. */
const byName: Readonly<Record<string, unknown>> = {
  project: 'huaao-2',
  item: 'roof',
  id: 'roof',
  name: 'Lin',
  from: '2018-06-01',
  currency: 'CNY',
  amount: 1_000_000,
  reason: 'Counted twice',
  text: 'Roof capped on 28 June.',
  by: '2018-07-17',
  address: 'lin@example.org',
  url: 'https://example.org/topout',
  basis: 'stated',
  who: 'Lin',
  password: 'PASSWORD',
  current: 'PASSWORD',
  token: 'TOKEN',
  code: 'CODE',
  key: 'KEY',
  link: 'LINK',
};

/** Bodies that the schema alone does not say, by the name of the route. */
const bodies: Readonly<Record<string, unknown>> = {
  signIn: { who: 'Lin', password: 'PASSWORD' },
  readTable: { text: 'project,progress\nhuaao-2,85 %', document: 'June 2018', asOf: '2018-06' },
};

/** Bodies that begin as an answer of the service, in a file. */
const files: Readonly<Record<string, string>> = {
  adoptRules: 'rules.json',
  testRules: 'rules.json',
  adoptLexicon: 'lexicon.json',
  testLexicon: 'lexicon.json',
};

const day = '2018-06-30';
const someId = '0197c3a0-5f2e-7c3d-8a41-6b1f2d3e4c5a';
const byFormat: Readonly<Record<string, unknown>> = {
  uuid: someId,
  date: day,
  'date-time': '2018-06-30T08:00:00.000Z',
  uri: 'https://example.org/topout',
};

/** Texts of which one fits each pattern of the document. */
const texts = [day, '1', '2018', 'stated', 'roof', 'CNY', '08:00', 'lin@example.org', 'image/jpeg', someId];

/** A value that a schema allows, with the members that have to be there. */
function sampleOf(schema: Schema, shapes: Shapes, name = ''): unknown {
  const { $ref, oneOf, anyOf, allOf, example } = schema;
  if (example !== undefined) return example;
  if ($ref !== undefined) return sampleOf(shapes[shapeName($ref)] ?? {}, shapes, name);
  if ('const' in schema) return schema.const;
  if (schema.enum) return schema.enum[0];
  const [choice] = oneOf ?? anyOf ?? [];
  if (choice) return sampleOf(choice, shapes, name);
  if (allOf) {
    const parts = allOf.map((part) => sampleOf(part, shapes, name));
    return parts.length === 1 ? parts[0] : Object.assign({}, ...parts);
  }
  switch (Array.isArray(schema.type) ? schema.type[0] : schema.type) {
    case 'object':
      return objectOf(schema, shapes);
    case 'array': {
      const { items = {}, minItems = 0 } = schema;
      return Array.from({ length: minItems }, () => sampleOf(items, shapes, name));
    }
    case 'integer':
    case 'number':
      return numberOf(schema, byName[name]);
    case 'boolean':
      return true;
    default:
      return textOf(schema, name);
  }
}

/** A command of a terminal that calls a route; what its caller fills in is written in capitals. */
export function curlOf(
  { method, address, operation }: Route,
  { base, shapes, isOpen }: { base: string; shapes: Shapes; isOpen: boolean },
): string {
  const { operationId, parameters = [], requestBody } = operation;
  const path = address.replaceAll(/\{(\w+)\}/g, (_, name: string) => placeOf(name, parameters));
  const query = parameters
    .filter((parameter) => parameter.in === 'query' && parameter.required)
    .map(({ name, schema = {} }) => `${name}=${encodeURIComponent(String(sampleOf(schema, shapes, name)))}`);
  const [type] = Object.keys(requestBody?.content ?? {});
  const file = files[operationId];
  const body = bodyOf(operation, shapes);
  const data = file ? `@${file}` : body && quoted(JSON.stringify(body, undefined, isLines(type) ? 0 : 2));
  const parts = [
    `curl${method === 'GET' ? '' : ` -X ${method}`} ${quoted(base + path + (query.length > 0 ? `?${query.join('&')}` : ''))}`,
    isOpen ? undefined : '-H "Authorization: Bearer $TOPOUT_KEY"',
    type && `-H 'Content-Type: ${type}'`,
    data && `--data-binary ${data}`,
  ];
  return parts.filter((part) => part !== undefined).join(' \\\n  ');
}

/** An example of the body of a route; undefined if it has none. */
export function bodyOf({ operationId, requestBody }: Route['operation'], shapes: Shapes): unknown {
  const [{ schema = {} } = {}] = Object.values(requestBody?.content ?? {});
  return bodies[operationId] ?? (requestBody && sampleOf(schema, shapes));
}

/** A parameter of the path: an example, or its name in capitals. */
function placeOf(name: string, parameters: Route['operation']['parameters'] = []): string {
  const example = parameters.find((one) => one.in === 'path' && one.name === name)?.schema?.example;
  return String(example ?? (name === 'project' ? byName.project : name.toUpperCase()));
}

function objectOf({ properties = {}, required = [] }: Schema, shapes: Shapes): Record<string, unknown> {
  if ('en' in properties && 'zh' in properties) return { en: 'Assembly hall', zh: '总装车间' };
  return Object.fromEntries(required.map((name) => [name, sampleOf(properties[name] ?? {}, shapes, name)]));
}

function numberOf({ minimum = 1, maximum = Number.POSITIVE_INFINITY }: Schema, named: unknown): number {
  return typeof named === 'number' && named >= minimum && named <= maximum ? named : Math.max(minimum, 1);
}

function textOf(
  { format, pattern, minLength = 0, maxLength = Number.POSITIVE_INFINITY }: Schema,
  name: string,
): unknown {
  const fits = (text: unknown): text is string =>
    typeof text === 'string' &&
    text.length >= minLength &&
    text.length <= maxLength &&
    (pattern === undefined || new RegExp(pattern).test(text));
  const named = byName[name];
  if (fits(named)) return named;
  if (format !== undefined && Object.hasOwn(byFormat, format)) return byFormat[format];
  if (pattern !== undefined) return texts.find(fits) ?? name.toUpperCase();
  return name.toUpperCase() || 'TEXT';
}

function isLines(type: string | undefined): boolean {
  return type === 'application/x-ndjson';
}

/** A text as one word of a shell. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
