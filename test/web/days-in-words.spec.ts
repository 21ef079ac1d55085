import { expect, test } from '@jest/globals';
import { daysInWords } from '../../web/shared/figures.js';

test('the days in an English sentence of the service are written as the page writes days', () => {
  expect(daysInWords('Stalled since 2018-06-01, expected by 2018-12-31.', 'en')).toBe(
    'Stalled since 1 Jun 2018, expected by 31 Dec 2018.',
  );
});

test('a Chinese sentence, a wrong day and a longer number stay as they are', () => {
  const kept = ['自2018年6月1日起停工', 'order 2018-13-01', 'contract 12018-06-011'];
  expect(kept.map((text, index) => daysInWords(text, index === 0 ? 'zh' : 'en'))).toEqual(kept);
});
