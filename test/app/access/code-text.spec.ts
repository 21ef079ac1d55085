import { expect, test } from '@jest/globals';
import { codeParts, newCode } from '../../../src/app/access/code-text.js';
import { isSecretOf } from '../../../src/app/access/key-text.js';

const bytes = (...numbers: number[]) => Buffer.from(numbers).toString('base64');
const made = newCode(bytes(8, 31, 14, 12, 25, 15, 22, 18, 29, 250));

test('a code is ten letters and digits in groups, none of which is mistaken for another', () => {
  expect(made.text).toBe('J9QN-3RY-U74');
  const all = Array.from({ length: 32 }, (_, byte) => newCode(bytes(...Array(10).fill(byte))).text[0]);
  expect(new Set(all).size).toBe(32);
  expect(all.join('')).not.toMatch(/[IO01]/);
});

test.each(['J9QN-3RY-U74', 'j9qn3ryu74', ' J9QN 3RY U74 ', 'J9QN–3RY–U74', 'Ｊ９ＱＮ　３ＲＹＵ７４'])(
  'it is read as %j',
  (typed) => {
    const parts = codeParts(typed);
    expect(parts?.credential).toBe(made.credential);
    expect(isSecretOf(made.hash, parts?.secret ?? '')).toBe(true);
  },
);

test.each(['', 'J9QN-3RY', 'J9QN-3RY-U741', 'J9QN-3RY-U7O', 'J9QN_3RY_U74'])('%j is none', (typed) => {
  expect(codeParts(typed)).toBeUndefined();
});
