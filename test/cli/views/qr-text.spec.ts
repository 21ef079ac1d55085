import { expect, test } from '@jest/globals';
import { qrText } from '../../../src/cli/views/qr-text.js';

test('a terminal shows light modules, with a border around', () => {
  const lines = qrText('K').split('\n');
  expect([lines.length, new Set(lines.map((line) => line.length))]).toEqual([13, new Set([25])]);
  expect([lines[0], lines[1]?.slice(0, 9)]).toEqual(['█'.repeat(25), '██ ▄▄▄▄▄ ']);
});
