import { expect, test } from '@jest/globals';
import { pairs, plain, table } from '../../src/cli/views/table.js';

test('Chinese names are two columns wide per character, so the columns are aligned', () => {
  const drawn = table(
    [{ head: '项目' }, { head: 'Name' }, { head: '进度', align: 'right' }],
    [
      ['huaao-2', '华奥汽车项目二期', '57.4 %'],
      ['yuhong', 'Yuhong wood', '100 %'],
    ],
  );
  expect(drawn.split('\n')).toEqual([
    '项目     Name                进度',
    '───────────────────────────────────',
    'huaao-2  华奥汽车项目二期  57.4 %',
    'yuhong   Yuhong wood        100 %',
  ]);
});

test('a label and its value are aligned, too', () => {
  expect(
    pairs([
      ['业主', 'A'],
      ['Capacity', 'B'],
    ]).split('\n'),
  ).toEqual(['业主      A', 'Capacity  B']);
});

test('text from the log cannot control the terminal', () => {
  expect(plain('roof\u001b[2J capped\u202e\r\n')).toBe('roof\ufffd[2J capped\ufffd\ufffd\ufffd');
  expect(plain('two\u2028lines \u200fand\u061c marks\ufeff')).toBe(
    'two\ufffdlines \ufffdand\ufffd marks\ufffd',
  );
  expect(table([{ head: 'What' }], [['a\u001b]0;title\u0007b']])).toContain('a\ufffd]0;title\ufffdb');
});
