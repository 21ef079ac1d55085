import { expect, test } from '@jest/globals';
import { authorHeader, authorIn, authorOfHeader } from '../../domain/values/author.js';

const people = [
  '李伟',
  'Li Wei',
  "O'Brien",
  'Jean-Marc Ngô Đình',
  'محمد الأمين',
  'Ｗａｎｇ',
  '欧阳·买买提',
  'li-wei',
  '100%',
  "UTF-8''x",
];

test.each(people)('%s comes through a header as the same name', (name) => {
  const sent = authorHeader(name);
  expect(sent).toMatch(/^[ -~]+$/);
  expect(authorOfHeader(sent)).toBe(name.normalize('NFC'));
});

test('a name in plain UTF-8 is understood, as a terminal sends it, and one in Latin-1', () => {
  expect(authorOfHeader(Buffer.from('李伟').toString('latin1'))).toBe('李伟');
  expect(authorOfHeader('Jos\xe9')).toBe('José');
});

test('a name is recorded with single blanks, whatever blanks it was typed with', () => {
  expect(authorIn('　李 　伟 ')).toBe('李 伟');
  expect(authorIn('Li\tWei')).toBe('Li Wei');
});

test.each(['', '　', 'a\nb', 'li\u200bwei', '\u202eiew', '\ud800', 'x'.repeat(65), '伟'.repeat(65)])(
  '%j names nobody',
  (text) => {
    expect(authorIn(text)).toBeUndefined();
  },
);

test('64 characters outside the first plane are a name', () => {
  expect(authorIn('𠀀'.repeat(64))).toBe('𠀀'.repeat(64));
});

test.each(["UTF-8''%E6%9D", "UTF-8''%zz", "utf-8''", "UTF-8''%00"])('the header %s names nobody', (value) => {
  expect(authorOfHeader(value)).toBeUndefined();
});
