import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { stallAlert } from '../support/alert-log.js';
import { type FakeService, startFakeService } from './fake-service.js';
import { clearedAlert, unknownAlert } from './fakes.js';

const key = '019a4c1e-0000-7000-8000-00000000abcd';
const stall = `/alerts/${stallAlert.alert}`;
const acknowledgement = { name: 'Li Wei', dueOn: '2018-07-20', note: 'the bank decides on Friday' };

let service: FakeService;
beforeAll(async () => {
  service = await startFakeService();
});
afterAll(() => service.close());

describe('alerts are returned', () => {
  test('as a list with filters, a page and a moment of the past, in the language of the reader', async () => {
    const district = encodeURIComponent('港区');
    const { status, body } = await service.ask(
      'GET',
      `/alerts?status=open&project=huaao-2&district=${district}&sector=machinery&rule=declared-stall&atLeast=yellow&cursor=next&limit=5&knownAt=8&after=7`,
      undefined,
      { 'accept-language': 'zh' },
    );
    expect(status).toBe(200);
    expect(service.calls.at(-1)).toEqual([
      'list',
      { knownAt: { position: 8 }, after: 7 },
      {
        status: 'open',
        project: 'huaao-2',
        district: '港区',
        sector: 'machinery',
        rule: 'declared-stall',
        atLeast: 'yellow',
      },
      { cursor: 'next', limit: 5 },
    ]);
    const [first] = body.items as unknown as Record<string, unknown>[];
    expect([first?.reason, first?.clears, first?.of]).toEqual([
      stallAlert.reason.zh,
      '记录复工',
      { name: '华奥二期', names: stallAlert.of.name, district: '港区', sector: 'machinery' },
    ]);
    expect(await service.misfits(body, 'Alerts')).toEqual([]);
  });

  test('as a count, with the same filters', async () => {
    const { status, body } = await service.ask('GET', '/alerts/count?status=open&atLeast=red&after=7');
    expect([status, body.count]).toEqual([200, 2]);
    expect(service.calls.at(-1)).toEqual(['count', { after: 7 }, { status: 'open', atLeast: 'red' }]);
    expect(await service.misfits(body, 'AlertCount')).toEqual([]);
    const refused = await service.ask('GET', '/alerts/count?limit=5');
    expect([refused.status, refused.body.type]).toEqual([400, '/problems/member-unknown']);
  });

  test('by the projects that need action', async () => {
    const { status, body } = await service.ask(
      'GET',
      '/alerts/needs?district=East&limit=1&after=7',
      undefined,
      {
        'accept-language': 'zh',
      },
    );
    expect([status, body.projects, body.today]).toEqual([200, 3, '2018-07-10']);
    expect(service.calls.at(-1)).toEqual(['needs', { after: 7 }, { district: 'East' }, 1]);
    const [first] = body.items as unknown as { of: { name: string }; first: { reason: string } }[];
    expect([first?.of.name, first?.first.reason]).toEqual(['华奥二期', stallAlert.reason.zh]);
    expect(await service.misfits(body, 'AlertNeeds')).toEqual([]);
  });

  test('by project, with what is chosen and searched', async () => {
    const url =
      '/alerts/by-project?state=waiting&due=overdue&severity=red&role=leader&find=roof&limit=2&after=7';
    const { status, body } = await service.ask('GET', url);
    expect([status, body.alerts, body.next]).toEqual([200, 1, 'more']);
    expect(service.calls.at(-1)).toEqual([
      'byProject',
      { after: 7 },
      { state: 'waiting', due: 'overdue', severity: 'red', role: 'leader', find: 'roof' },
      { limit: 2 },
    ]);
    expect(await service.misfits(body, 'AlertsByProject')).toEqual([]);
    const refused = await service.ask('GET', '/alerts/by-project?due=soon');
    expect([refused.status, refused.body.type]).toEqual([400, '/problems/kind-unknown']);
  });

  test('one by one, also when they are cleared', async () => {
    const answers = await Promise.all(
      [stall, `/alerts/${clearedAlert.alert}`].map((url) => service.ask('GET', url)),
    );
    expect(answers.map(({ status, body }) => [status, body.status, body.reason])).toEqual([
      [200, 'open', stallAlert.reason.en],
      [200, 'cleared', stallAlert.reason.en],
    ]);
    for (const { body } of answers) expect(await service.misfits(body, 'AlertKnown')).toEqual([]);
  });

  test('with all notified subscribers', async () => {
    const { status, body } = await service.ask('GET', `${stall}/notices`);
    expect(status).toBe(200);
    expect((body.items as unknown as { outcome: string }[]).map(({ outcome }) => outcome)).toEqual([
      'retry',
      'accepted',
    ]);
    expect(await service.misfits(body, 'Notices')).toEqual([]);
  });

  test('beside the public key of the signatures', async () => {
    const { body } = await service.ask('GET', '/alerts/key');
    expect(body).toEqual({ publicKey: 'whpk_a2V5' });
  });

  test.each([
    ['/alerts?status=closed', 'kind-unknown', 'status', 400],
    ['/alerts?rule=stall', 'kind-unknown', 'rule', 400],
    ['/alerts?atLeast=orange', 'kind-unknown', 'atLeast', 400],
    ['/alerts?asOf=2018-07-01', 'member-unknown', 'asOf', 400],
    ['/alerts?limit=501', 'value-out-of-range', 'limit', 400],
    ['/alerts?knownAt=yesterday', 'moment-invalid', 'knownAt', 400],
    ['/alerts/stall-1', 'text-invalid', 'alert', 400],
    [`/alerts/${unknownAlert}`, 'alert-unknown', 'alert', 404],
    [`/alerts/${unknownAlert}/notices`, 'alert-unknown', 'alert', 404],
  ])('and an invalid query is refused: %s', async (url, type, member, status) => {
    const answer = await service.ask('GET', url);
    const [fault] = answer.body.errors as unknown as { member: string }[];
    expect([answer.status, answer.body.type, fault?.member]).toEqual([status, `/problems/${type}`, member]);
  });
});

describe('answers to alerts', () => {
  test('an acknowledgement names who, by when and what is done; the same id again gets the same answer', async () => {
    const headers = { 'idempotency-key': key, 'topout-by': 'li-wei' };
    const first = await service.ask('POST', `${stall}/acknowledgement`, acknowledgement, headers);
    const again = await service.ask('POST', `${stall}/acknowledgement`, acknowledgement, headers);
    expect(service.calls.at(-1)).toEqual([
      'acknowledge',
      stallAlert.alert,
      acknowledgement,
      { by: 'li-wei', id: key },
    ]);
    expect([first.status, again.status, again.text]).toEqual([201, 201, first.text]);
    expect([first.headers['idempotent-replayed'], again.headers['idempotent-replayed']]).toEqual([
      undefined,
      'true',
    ]);
    expect(await service.misfits(first.body, 'AlertReceipt')).toEqual([]);
  });

  test('a silence names the last day and the reason', async () => {
    const silence = { until: '2018-07-31', reason: 'the court decides at the end of July' };
    const { status, body } = await service.ask('POST', `${stall}/silence`, silence);
    expect(service.calls.at(-1)).toEqual(['silence', stallAlert.alert, silence, { by: 'anonymous' }]);
    expect([status, body.outcome]).toEqual([201, 'recorded']);
  });

  test.each(['acknowledgement', 'silence'])('a cleared alert accepts no %s', async (what) => {
    const body = what === 'silence' ? { until: '2018-07-31', reason: 'why' } : acknowledgement;
    const answer = await service.ask('POST', `/alerts/${clearedAlert.alert}/${what}`, body);
    expect([answer.status, answer.body.type]).toEqual([409, '/problems/alert-cleared']);
  });
});
