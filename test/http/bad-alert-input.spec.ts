import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { alertRoutes, anyBody } from './bad-alert-cases.js';
import type { BadCase } from './bad-cases.js';
import { type FakeService, startFakeService } from './fake-service.js';

let service: FakeService;
beforeAll(async () => {
  service = await startFakeService();
});
afterAll(() => service.close());

/** Inserting `{"a":1}` as a raw member into an empty body leaves an extra comma. */
const asPayload = (bad: unknown) => {
  const text = typeof bad === 'string' || Buffer.isBuffer(bad) ? bad : JSON.stringify(bad);
  return typeof text === 'string' ? text.replace(/,\}$/, '}') : text;
};

describe.each(alertRoutes)('bad input to the route of a $name is reported and changes nothing:', (route) => {
  // A write without a recorded entry needs neither a key nor an author.
  const isRead = ({ member }: BadCase) =>
    !['test notice', 'trial of rules', 'trial of a lexicon', 'previewed subscription'].includes(route.name) ||
    !['If-Match', 'Idempotency-Key', 'Topout-By'].includes(member);

  test.each([...anyBody, ...route.cases].filter(isRead))(
    '$title',
    async ({ spoil, type, member, status, headers }) => {
      const before = service.calls.length;
      const response = await service.app.inject({
        method: route.method,
        url: route.url,
        payload: asPayload(spoil(route.body)),
        headers: { 'content-type': 'application/json', ...headers },
      });
      const answer = response.json();
      const [fault] = answer.errors;
      expect({
        type: answer.type,
        status: response.statusCode,
        member: fault.member,
        isPlain: answer.detail.includes(fault.seen) && answer.detail.includes(fault.expected),
        calls: service.calls.length,
      }).toEqual({ type: `/problems/${type}`, status, member, isPlain: true, calls: before });
    },
  );

  test('and the corrected request is accepted', async () => {
    const { status } = await service.ask(route.method, route.url, route.body);
    expect([200, 201]).toContain(status);
  });
});
