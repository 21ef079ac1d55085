import { expect, test } from '@jest/globals';
import { mayHaveOddTexts, plainText, unseenIn, withPlainTexts } from '../../domain/values/plain-text.js';

test.each([
  ['a trailing blank', '港区 '],
  ['a blank that does not break', '港区\u00a0'],
  ['a wide blank', '\u3000港区'],
  ['a blank without width', '港\u200b区'],
  ['a byte order mark', '\ufeff港区'],
  ['a turn of direction', '港\u202e区\u202c'],
  ['a line separator at its end', '港区\u2028'],
  ['a joiner that joins nothing', '港\u200d区'],
  ['a selector that selects nothing', '港\ufe0f区'],
])('a name with %s is the name without it', (_, text) => {
  expect(plainText(text)).toBe('港区');
});

test('a run of blanks of any kind is one blank', () => {
  expect(plainText('Block\u00a0 \u3000\u2003 A')).toBe('Block A');
  expect(plainText('Block\u2028A')).toBe('Block A');
});

test('a note keeps its lines', () => {
  expect(plainText('first  line \n\n second\n\tthird\n')).toBe('first line\n\nsecond\n\tthird');
});

test('a name of invisible characters shows that something was there', () => {
  expect(plainText('\u200b\u2060 \u3164')).toBe('\ufffd');
});

test('a hundred and fifty marks on one letter are reduced to eight', () => {
  expect(plainText(`a${'\u0301'.repeat(150)}`)).toBe(`a${'\u0301'.repeat(8)}`);
});

test.each(['می‌خواهم', 'क्‍ष', '👩‍🏭 1', '❤️‍🔥', '5\ufe0f\u20e3', '🏴󠁧󠁢󠁥󠁮󠁧󠁿', '葛󠄀城', '⚠️ Block A', 'PDF‌ها'])(
  'visible joiners and selectors stay: %s',
  (text) => {
    expect(plainText(text)).toBe(text);
    expect(unseenIn(text)).toBeUndefined();
  },
);

test('the first invisible character is named', () => {
  expect(unseenIn('港\u2066区')).toBe('\u2066');
  expect(unseenIn('soft\u00adhyphen')).toBe('\u00ad');
  expect(unseenIn('港区')).toBeUndefined();
});

test('all texts of a value are normalized, and a normalized value is returned unchanged', () => {
  const kept = { name: { zh: '港区' }, list: ['a', 1, null], on: true };
  expect(withPlainTexts(kept)).toBe(kept);
  expect(withPlainTexts({ ...kept, list: ['a ', { b: ' c' }] })).toEqual({
    ...kept,
    list: ['a', { b: 'c' }],
  });
});

test('every change of a text shows in its JSON', () => {
  for (const odd of [
    '港区 ',
    ' 港区',
    'a  b',
    'a\u00a0b',
    '港\u200b区',
    'a \nb',
    '\ud83c\udff4\udb40\udc67 x',
    '港\udb40\udd00',
    '\u0085',
  ])
    expect([odd, mayHaveOddTexts(JSON.stringify({ a: [odd] }))]).toEqual([odd, true]);
  expect(mayHaveOddTexts(JSON.stringify({ a: 'North “Quay” – 5 m³', zh: ['港区，一期（北）'], n: 1 }))).toBe(
    false,
  );
});
