import { expect, test } from '@jest/globals';
import { localised, preferredLanguage } from '../../src/http/answers/language.js';

test.each([
  [undefined, 'en'],
  ['zh', 'zh'],
  ['zh-Hans-CN', 'zh'],
  ['en-GB,zh;q=0.9', 'en'],
  ['en;q=0.3, zh;q=0.8', 'zh'],
  ['fr;q=1, zh;q=0.1', 'zh'],
  ['zh;q=0', 'en'],
  ['*', 'en'],
  [';;;,q=', 'en'],
])('of Accept-Language %s it is %s', (accepted, language) => {
  expect(preferredLanguage(accepted)).toBe(language);
});

test('names and words come in one language, and reported words are unchanged', () => {
  const view = {
    items: [{ item: 'roof', name: { zh: '屋面' }, words: { en: 'Roof capped', zh: '屋面封顶' } }],
    data: { name: { en: 'A', zh: '甲' } },
    unnamed: { item: 'gate', name: {} },
  };
  const before = structuredClone(view);
  expect(localised(view, 'en')).toEqual({
    items: [{ item: 'roof', name: '屋面', names: { zh: '屋面' }, words: 'Roof capped' }],
    data: { name: { en: 'A', zh: '甲' } },
    unnamed: { item: 'gate', name: 'gate', names: {} },
  });
  expect(view).toEqual(before);
});
