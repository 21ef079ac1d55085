import { expect, test } from '@jest/globals';
import { typed } from './typed.js';

const zh = ['--lang', 'zh'];

test.each([
  [['log', 'works', '--stal', 'land', ...zh], /没有选项 '--stal'[\s\S]*是否为 --stall/],
  [['log', ...zh], /缺少参数 'project'/],
  [['show', '--as-of', '31.6.2018', ...zh], /--as-of “31\.6\.2018”：应为日历上的一天/],
  [['log', 'works', '--money', '6900', ...zh], /--money “6900”：应为.*元/],
  [['log', 'works', 'roof', '--percent', 'viel', ...zh], /--percent “viel”：应为百分数/],
  [['log', 'works', 'roof', '--count', '3 von 5', ...zh], /--count “3 von 5”：应为整数/],
  [['log', 'works', '--forecast', 'bald', ...zh], /--forecast “bald”：应为时间/],
  [['log', 'works', 'roof', '--done', '--percent', '5', ...zh], /一条记录中有 .*--done.*应只取其一/],
  [['log', 'works', '--reason', '雨', ...zh], /没有说明任何事实/],
  [['log', 'works', '--quote', '原文', '--stage', 'started', ...zh], /--quote 不能单独使用/],
  [['table', '/nowhere.csv', ...zh], /\/nowhere\.csv 无法读取（ENOENT）；应为.*CSV 表格/],
  [['table', 'x.csv', '--leave-out', ...zh], /--leave-out 只能与 --record 同用/],
  [
    ['portfolio', '--group-by', 'colour', ...zh],
    /选项 '--group-by <what>' 的取值“colour”无效；应为 district/,
  ],
  [['show', '--url', 'here', ...zh], /--url “here”：应为地址/],
  [['help', 'nothing', ...zh], /没有命令或主题“nothing”|没有选项/],
  [['watch', '--after', 'x', ...zh], /--after “x”：应为记录的位置/],
])('%j is refused in Chinese', async (args, expected) => {
  const { code, err } = await typed(...args);
  expect(code).not.toBe(0);
  expect(err).toMatch(expected);
});

test('a refusal that a program reads is in the language that it asked for', async () => {
  const { err } = await typed('show', '--as-of', 'x', '--json', '--lang', 'zh');
  expect(JSON.parse(err).problem).toMatchObject({
    title: '命令有误',
    detail: '--as-of “x”：应为日历上的一天，如 2018-06-30、today 或 yesterday。',
  });
});

test('without a language the refusal is in that of the locale', async () => {
  const { err } = await typed('show', '--as-of', 'x');
  expect(err).toMatch(/--as-of "x": expected a day of the calendar/);
});
