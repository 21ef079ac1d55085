import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { defaultRules } from '../../domain/governance/rules.js';
import { type FakeService, startFakeService } from './fake-service.js';

const { version: _, ...rules } = defaultRules;
const stricter = { ...rules, basis: 'letter 12 of the district' };
const period = '/rules/test?from=2018-01-01&to=2018-07-10';

let service: FakeService;
beforeAll(async () => {
  service = await startFakeService();
});
afterAll(() => service.close());

describe('rules', () => {
  test('are shown with their version, which is also their tag', async () => {
    const { status, headers, body } = await service.ask('GET', '/rules');
    expect([status, headers.etag, body.rules]).toEqual([200, '"1"', defaultRules]);
    expect(await service.misfits(body, 'RulesVersion')).toEqual([]);
    const all = await service.ask('GET', '/rules/versions');
    expect(await service.misfits(all.body, 'RulesVersions')).toEqual([]);
  });

  test('a version that was never adopted is not found', async () => {
    const answers = await Promise.all(
      ['/rules?version=9', '/rules?version=0'].map((url) => service.ask('GET', url)),
    );
    expect(answers.map(({ status, body }) => [status, body.type])).toEqual([
      [404, '/problems/rules-unknown'],
      [400, '/problems/text-invalid'],
    ]);
  });

  test('are adopted whole as the next version', async () => {
    const exact = {
      ...stricter,
      rules: [
        ...rules.rules,
        { rule: 'unreported', where: { district: '港区' }, yellow: { days: 30 }, isOff: true },
      ],
      exemptions: [
        { where: {}, rules: ['unreported'], from: '2018-07-01', to: '2018-07-05', reason: 'typhoon\nMaria' },
      ],
    };
    const answer = await service.ask('PUT', '/rules', exact, { 'if-match': '"1"', 'topout-by': 'zhang' });
    expect(service.calls.at(-1)).toEqual(['adoptRules', exact, { by: 'zhang', expectedRevision: 1 }]);
    expect([answer.status, answer.headers.etag, answer.body.outcome]).toEqual([201, '"2"', 'recorded']);
    expect(await service.misfits(answer.body, 'RulesAdopted')).toEqual([]);
  });

  test('can be sent back as shown: the version in them is the one that was seen', async () => {
    const shown = (await service.ask('GET', '/rules')).body.rules as unknown as object;
    const same = await service.ask('PUT', '/rules', shown);
    const stale = await service.ask('PUT', '/rules', { ...shown, version: 7 });
    const both = await service.ask('PUT', '/rules', shown, { 'if-match': '"2"' });
    expect([same, stale, both].map(({ status, body }) => [status, body.outcome ?? body.type])).toEqual([
      [200, 'already-said'],
      [412, '/problems/revision-stale'],
      [400, '/problems/if-match-invalid'],
    ]);
  });
});

describe('rules are back-tested on all history', () => {
  test('for a period and a part of the projects', async () => {
    const { status, body } = await service.ask('POST', `${period}&project=huaao-2&sector=roads`, stricter);
    expect(service.calls.at(-1)).toEqual([
      'testRules',
      stricter,
      { from: '2018-01-01', to: '2018-07-10' },
      { project: 'huaao-2', sector: 'roads' },
    ]);
    expect([status, await service.misfits(body, 'BackTest')]).toEqual([200, []]);
  });

  test.each([
    ['by the header Accept', period, { accept: 'text/csv' }],
    ['by the address', `${period}&format=csv`, {}],
  ])('as CSV in which no cell is a formula, %s', async (_title, url, headers) => {
    const { headers: answered, text } = await service.ask('POST', url, stricter, headers);
    expect(answered['content-type']).toBe('text/csv; charset=utf-8');
    expect(text.split('\r\n')).toEqual([
      '\uFEFFrules,project,name,rule,subject,subjectId,raisedOn,severity,escalated,clearedOn,leadDays,adoptedOn,reason',
      `candidate,huaao-2,"'=HYPERLINK(""http://evil.example"")",unreported,project,,2018-05-01,yellow,red 2018-06-01,,31,,No report for 45 days.`,
      '',
    ]);
  });

  test('a period that ends before it begins, or without an end, is refused', async () => {
    const answers = await Promise.all(
      ['/rules/test?from=2018-07-10&to=2018-07-09', '/rules/test?from=2018-07-10'].map((url) =>
        service.ask('POST', url, stricter),
      ),
    );
    const members = answers.map(({ body }) => (body.errors as unknown as { member: string }[])[0]?.member);
    expect([answers.map(({ status }) => status), members]).toEqual([
      [400, 400],
      ['to', 'to'],
    ]);
  });
});

test('a working calendar is adopted under the name in its URL', async () => {
  const calendar = { freeWeekdays: [0, 6], holidays: ['2018-10-01'], workdays: ['2018-09-29'] };
  const answer = await service.ask('PUT', '/calendars/port-works', calendar);
  expect(service.calls.at(-1)).toEqual([
    'adoptCalendar',
    { name: 'port-works', ...calendar },
    { by: 'anonymous' },
  ]);
  expect([answer.status, await service.misfits(answer.body, 'Calendar')]).toEqual([200, []]);
  const all = await service.ask('GET', '/calendars');
  expect(await service.misfits(all.body, 'Calendars')).toEqual([]);
});
