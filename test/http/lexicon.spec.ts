import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { defaultLexicon } from '../../domain/governance/lexicons.js';
import { type FakeService, startFakeService } from './fake-service.js';

const { version: _, ...shipped } = defaultLexicon;
const own = { ...shipped, basis: 'letter 12 of the district' };

let service: FakeService;
beforeAll(async () => {
  service = await startFakeService();
});
afterAll(() => service.close());

describe('the lexicon', () => {
  test('is shown with its version, which is also its tag, and with both names of each word', async () => {
    const { status, headers, body } = await service.ask('GET', '/lexicon', undefined, {
      'accept-language': 'zh',
    });
    expect([status, headers.etag, body.lexicon]).toEqual([200, '"2"', defaultLexicon]);
    expect(await service.misfits(body, 'LexiconVersion')).toEqual([]);
    const all = await service.ask('GET', '/lexicon/versions');
    expect(await service.misfits(all.body, 'LexiconVersions')).toEqual([]);
  });

  test('of a version that was never adopted is not found', async () => {
    const { status, body } = await service.ask('GET', '/lexicon?version=9');
    expect([status, body.type]).toEqual([404, '/problems/lexicon-unknown']);
  });

  test('is adopted whole as the next version', async () => {
    const seen = { 'if-match': '"2"', 'topout-by': 'zhang' };
    const answer = await service.ask('PUT', '/lexicon', own, seen);
    expect(service.calls.at(-1)).toEqual(['adoptLexicon', own, { by: 'zhang', expectedRevision: 2 }]);
    expect([answer.status, answer.headers.etag, answer.body.outcome]).toEqual([201, '"3"', 'recorded']);
    expect(await service.misfits(answer.body, 'LexiconAdopted')).toEqual([]);
  });

  test('can be sent back as shown', async () => {
    const shown = (await service.ask('GET', '/lexicon')).body.lexicon as unknown as object;
    const same = await service.ask('PUT', '/lexicon', shown);
    const both = await service.ask('PUT', '/lexicon', shown, { 'if-match': '"3"' });
    expect([same, both].map(({ status, body }) => [status, body.outcome ?? body.type])).toEqual([
      [200, 'already-said'],
      [400, '/problems/if-match-invalid'],
    ]);
  });

  test('is tested for a day and a part of the projects, today when no day is named', async () => {
    const { status, body } = await service.ask('POST', '/lexicon/test?asOf=2018-06-30&district=港区', own);
    expect(service.calls.at(-1)).toEqual(['testLexicon', own, '2018-06-30', { district: '港区' }]);
    expect([status, await service.misfits(body, 'LexiconTest')]).toEqual([200, []]);
    const lines = await service.ask('POST', '/lexicon/test', own, { accept: 'application/x-ndjson' });
    expect(service.calls.at(-1)).toEqual(['testLexicon', own, '2018-07-10', {}]);
    expect(JSON.parse(lines.text.trim().split('\n').at(-1) ?? '')).toEqual({
      result: body.asOf ? { ...body, asOf: '2018-07-10' } : body,
    });
  });
});

describe('a phrase that the lexicon does not have', () => {
  const said = async (phrase: string) => {
    const fact = {
      type: 'ProgressMeasured',
      asOf: '2018-06-30',
      item: 'roads',
      measure: { kind: 'word', said: phrase },
    };
    const { status, body } = await service.ask('POST', '/projects/huaao-2/entries', fact);
    const [fault] = (body.errors ?? []) as unknown as { member: string; expected: string }[];
    return [status, fault?.member, fault?.expected];
  };

  test('is refused with the nearest ones, in its language', async () => {
    expect(await said('隧道快贯通了')).toEqual([
      422,
      'measure.said',
      'a phrase of the lexicon such as "隧道贯通", "贯通", "全隧贯通", "未贯通", or "word" beside "said" with the id of a word of it',
    ]);
    expect(await said('nearly ready')).toEqual([
      422,
      'measure.said',
      'a phrase of the lexicon such as "nearly all", "nearly half", "nearly done", "nearly complete", or "word" beside "said" with the id of a word of it',
    ]);
  });

  test('without any near one names the words only', async () => {
    expect(await said('xyzzy')).toEqual([
      422,
      'measure.said',
      'a phrase of the lexicon, or "word" beside "said" with the id of a word of it',
    ]);
  });
});
