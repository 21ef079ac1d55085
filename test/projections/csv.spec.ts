import { expect, test } from '@jest/globals';
import { csvOf } from '../../projections/words/csv.js';

test('text that looks like a formula stays text, and numbers stay numbers', () => {
  const table = [
    ['name', 'change'],
    ['=HYPERLINK("http://example.com")', -13.83],
    ['+1', 0],
    ['-2', null],
    ['@sum', 1],
    ['屋面, "封顶"', 2],
  ];
  expect(csvOf(table)).toBe(
    [
      '\uFEFFname,change',
      '"\'=HYPERLINK(""http://example.com"")",-13.83',
      "'+1,0",
      "'-2,",
      "'@sum,1",
      '"屋面, ""封顶""",2',
      '',
    ].join('\r\n'),
  );
});

test.each([
  '＝1+1',
  '＋1',
  '－1',
  '＠sum',
  ' =1+1',
  '\u00a0=1+1',
  '\u3000＝1',
  '\u200b=1',
  '\ufeff=1',
  '\n=1',
])('a cell is guarded also when its formula is wide or after blanks: %j', (cell) => {
  expect(csvOf([[cell]])).toContain(`'${cell}`);
});
