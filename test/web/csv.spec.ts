import { expect, test } from '@jest/globals';
import { csvOf } from '../../web/office/csv.js';

test('what a spreadsheet would take for a formula stays text, and numbers stay numbers', () => {
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
