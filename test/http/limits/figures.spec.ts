import { expect, test } from '@jest/globals';
import { LimitsInvalid, limitsIn, usualLimits } from '../../../src/http/limits/figures.js';

test('nothing said means the usual limits', () => {
  expect(limitsIn('')).toEqual({ isOff: false, isSaid: false, figures: usualLimits });
});

test('they can be off', () => {
  expect(limitsIn('off')).toMatchObject({ isOff: true });
});

test('some can differ', () => {
  const { figures, isSaid } = limitsIn('reads=100/400, strangers=0.5/60,questions=8/4,streams=20');
  expect(isSaid).toBe(true);
  expect(figures).toEqual({
    ...usualLimits,
    rates: {
      ...usualLimits.rates,
      reads: { perSecond: 100, burst: 400 },
      strangers: { perSecond: 0.5, burst: 60 },
    },
    questions: { all: 8, each: 4 },
    streams: 20,
  });
  expect(usualLimits.streams).toBe(10);
});

test.each([
  'reads',
  'reads=5',
  'reads=0/5',
  'reads=5/0',
  'reeds=5/5',
  'streams=5/5',
  'questions=1.5/2',
  'on',
])('%s is refused and named', (part) => {
  expect(() => limitsIn(`writes=1/2,${part}`)).toThrow(new LimitsInvalid(part));
});
