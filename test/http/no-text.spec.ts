import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { Logger } from '@nestjs/common';
import {
  type ApiDocument,
  type Route,
  routesByGroup,
  type Schema,
  shapeName,
} from '../../src/http/page/docs/document.js';
import { bodyOf } from '../../src/http/page/docs/sample.js';
import { type Service, startService } from './service.js';

/** JSON of which JavaScript makes no text. */
const noText = { toString: 1, valueOf: 1 };
const someId = '0197c3a0-5f2e-7c3d-8a41-6b1f2d3e4c5a';

const logged = jest.spyOn(Logger.prototype, 'error').mockImplementation(() => undefined);

let service: Service;
let document: ApiDocument;
let routes: Route[];
beforeAll(async () => {
  service = await startService();
  await service.send('POST', '/projects', { project: 'huaao-2', name: { en: 'Huaao' }, asOf: '2018-01-01' });
  document = (await service.get('/openapi.json')).body as unknown as ApiDocument;
  routes = [...routesByGroup(document).values()].flat();
});
afterAll(async () => {
  logged.mockRestore();
  await service.close();
});

/** The members of a shape, with those of each of its choices and its elements, by their path. */
function membersOf(schema: Schema, depth = 3): string[][] {
  const { $ref, oneOf, anyOf, allOf, items, properties = {} } = schema;
  if ($ref !== undefined) return membersOf(document.components.schemas[shapeName($ref)] ?? {}, depth);
  const choices = [...(oneOf ?? []), ...(anyOf ?? []), ...(allOf ?? [])];
  const within = items && depth > 1 ? membersOf(items, depth - 1).map((path) => ['[]', ...path]) : [];
  const own = Object.entries(properties).flatMap(([name, member]) => [
    [name],
    ...(depth > 1 ? membersOf(member, depth - 1).map((path) => [name, ...path]) : []),
  ]);
  return [...choices.flatMap((one) => membersOf(one, depth)), ...within, ...own];
}

/** A value with another one at a path, beside what is there. */
function put(value: unknown, [name, ...rest]: readonly string[]): unknown {
  if (name === undefined) return noText;
  if (name === '[]') return [put(Array.isArray(value) ? value[0] : undefined, rest)];
  const object = Object(value) as Record<string, unknown>;
  return { ...object, [name]: put(object[name], rest) };
}

test('a value that makes no text is refused at every member of every body, and is no fault of the service', async () => {
  const faults: string[] = [];
  let count = 0;
  for (const { address, method, operation } of routes) {
    const [[type, { schema = {} }] = ['', {}]] = Object.entries(operation.requestBody?.content ?? {});
    if (type === '') continue;
    const query = operation.parameters?.some((one) => one.in === 'query' && one.required);
    const url = address
      .replace('{project}', 'huaao-2')
      .replace('{name}', 'site-days')
      .replaceAll(/\{\w+\}/g, someId)
      .concat(query ? '?from=2018-01-01&to=2018-06-30' : '');
    const sample = bodyOf(operation, document.components.schemas);
    const paths = new Set(membersOf(schema).map((path) => JSON.stringify(path)));
    for (const path of paths) {
      const body = put(sample, JSON.parse(path) as string[]);
      const isLines = type === 'application/x-ndjson';
      const answer = isLines
        ? await service.sendLines([body])
        : await service.send(method as 'POST', url, body, { 'if-match': '"1"' });
      count += 1;
      if (answer.status >= 500 || answer.text.includes('"/problems/internal"'))
        faults.push(`${method} ${address} ${path}: ${answer.text.slice(0, 200)}`);
    }
  }
  expect(faults).toEqual([]);
  expect(count).toBeGreaterThan(500);
}, 120_000);

test('an id of any version of UUID is taken, also where a second id follows from it', async () => {
  const { body } = await service.send('POST', '/projects/huaao-2/entries', {
    type: 'NoChangeReported',
    asOf: '2018-05-31',
    period: '2018-05',
  });
  const withdrawal = (id: string) => ({
    id,
    project: 'huaao-2',
    type: 'EntryWithdrawn',
    asOf: '2018-06-30',
    entry: body.id,
    reason: 'another month',
    replacement: { type: 'NoChangeReported', asOf: '2018-06-30', period: '2018-06' },
  });
  for (const id of ['fffffffe-ffff-ffff-ffff-fffffffffff0', '00000000-0000-0000-0000-0000000000f1']) {
    const { lines } = await service.sendLines([withdrawal(id)]);
    expect([id, lines.map(({ status }) => status)]).toEqual([id, [expect.any(Number)]]);
    expect(JSON.stringify(lines)).not.toContain('internal');
  }
});
