import { expect, test } from '@jest/globals';
import { qrCode } from '../../../projections/words/qr/qr-code.js';
import { qrText } from '../../../src/cli/views/qr-text.js';

/** A symbol as hexadecimal rows, the first module of a row in the highest bit. */
const hex = (text: string) =>
  qrCode(text).map((row) => BigInt(`0b${row.map((isDark) => (isDark ? 1 : 0)).join('')}`).toString(16));

/** As another encoder (uqr 0.1.3, level M, the same mask) draws them. */
test.each([
  [
    'https://topout.example.org/log/#/enrol/K7PM3QXT9W',
    '1fc017e7f 104234841 175d51c5d 175e06c5d 175671c5d 105dc2c41 1fd55557f 1153b00 17c38e07c 1e879f26d 7dae88d6 1d28bcadf 35b51ebb 3a02c72f 1ffb94ee f0a648dc afae97b1 140857aed 7c375d74 1f04d19ff 10e646138 198df9cc9 14704ad92 142653d1e 136e8a5f8 168b715 1fcc79b54 10539cf1f 175130dfb 175be4697 175e3da60 104fe7b9c 1fd0287e2',
  ],
  [
    'https://topout.example.org/district/district/district/district/district/district/district/district/district/district/district/log/#/enrol/K7PM3QXT9W',
    '1fcf4d00fa97f 104bbedd3ef41 175038a9f035d 175e2650e3a5d 175030fe7185d 105fc24407c41 1fd555555557f 1fbc4514100 17c3957ce5d7c 3bca58d18fa 18d0f9770fd8f 1221e803dc212 ff0b4dc6352d 111b43d940872 b5a2d3d3663b 7a1c702988f9 9c6eb346516c 100a22fa5a072 76828060f40b 7995a219c3f2 13ef27fc2b345 193f4619e28f2 df80afe1e7fb 91eadc772b11 1355d5d4ab157 71876c6c2b1e 1ff15b7cadff3 16a19fbb98503 16790af6a5bfc 1e32c0b9c1a64 ad69a58075e7 cacf48cb4d91 19426f68a7f9f b0232f1d2880 1f7753a87e64b 1b8149d98d23 19766104a1e94 43422f8d1baa 8c9b44b8ffef e077e57fc112 1c6bad7c637fd 1da84573918 1fc9745504557 105022c7f2111 175abc7c6bdf7 1754fbe3e3b33 175491fa37ce8 104ddf2910fc1 1fdb5b1aa328f',
  ],
])('%s is the symbol of the standard', (text, rows) => {
  expect(hex(text)).toEqual(rows.split(' '));
});

test('a symbol grows with its text, and ends at 213 bytes', () => {
  const sizes = [1, 14, 15, 26, 27, 122, 123, 213].map((length) => qrCode('a'.repeat(length)).length);
  expect(sizes).toEqual([21, 21, 25, 25, 29, 45, 49, 57]);
  expect(qrCode('网'.repeat(71)).length).toBe(57);
  expect(() => qrCode('a'.repeat(214))).toThrow(RangeError);
});

test('a terminal shows light modules, with a border around', () => {
  const lines = qrText('K').split('\n');
  expect([lines.length, new Set(lines.map((line) => line.length))]).toEqual([13, new Set([25])]);
  expect([lines[0], lines[1]?.slice(0, 9)]).toEqual(['█'.repeat(25), '██ ▄▄▄▄▄ ']);
});
