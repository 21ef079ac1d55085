import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { typedIn } from '../cli/typed.js';
import { type Service, startService } from './service.js';

let service: Service;
let url: string;
beforeAll(async () => {
  service = await startService();
  await service.app.listen({ port: 0, host: '127.0.0.1' });
  url = await service.app.getUrl();
  const items = [
    { id: 'households', name: { en: 'Households', zh: '住户' }, weight: 1, measure: 'count' },
    { id: 'paving', name: { en: 'Paving' }, weight: 1, measure: 'percent' },
  ];
  const asOf = '2018-01-01';
  await service.send('POST', '/projects', { project: 'renewal', name: { en: 'Renewal' }, asOf });
  await service.send('PUT', '/projects/renewal/plan', { items, asOf });
  for (const [on, done, of] of [
    ['2018-05-31', 80, 100],
    ['2018-06-30', 100, 160],
  ] as const)
    await service.send('POST', '/projects/renewal/entries', {
      type: 'ProgressMeasured',
      item: 'households',
      measure: { kind: 'count', done, of },
      asOf: on,
    });
  await service.send('POST', '/projects/renewal/entries', {
    type: 'ProgressMeasured',
    item: 'paving',
    measure: { kind: 'percent', percent: 10 },
    asOf: '2018-07-01',
  });
});
afterAll(() => service.close());

const grownIn = async (query: string, language = 'en') => {
  const { body } = await service.get(`/projects/renewal/journal?${query}`, { 'accept-language': language });
  return (body.items as unknown as { grown?: string[] }[]).map(({ grown }) => grown);
};

test('the journal shows a total that grew with the entry by which it did, in the language of the answer', async () => {
  const words = 'Scope grew by 60: Households, from 100 to 160 in all (2018-06-30).';
  expect(await grownIn('limit=10')).toEqual([undefined, undefined, undefined, [words], undefined]);
  expect(await grownIn('order=newest&limit=2', 'zh')).toEqual([
    undefined,
    ['工程量增加 60：住户，总量由 100 增至 160（2018年6月30日）。'],
  ]);
});

test('before the entry, or before it was known, nothing grew', async () => {
  expect(await grownIn('asOf=2018-06-29')).toEqual([undefined, undefined, undefined]);
  const { body } = await service.get('/projects/renewal/journal?asOf=2018-06-29');
  const { position } = (body.items as unknown as { position: number }[]).at(-1) ?? { position: 0 };
  expect(await grownIn(`knownAt=${position}`)).toEqual([undefined, undefined, undefined]);
});

test('the journal at the terminal shows it in both languages', async () => {
  const en = await typedIn('en', 'journal', 'renewal', '--url', url);
  expect(en.out).toContain('[Scope grew by 60: Households, from 100 to 160 in all (2018-06-30).]');
  const zh = await typedIn('zh', 'journal', 'renewal', '--url', url);
  expect(zh.out).toContain('工程量增加 60：住户');
});
