import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { spelling } from '../../domain/values/lexicon/normal-form.js';
import { simplified, traditional } from '../../domain/values/lexicon/traditional.js';

const root = join(import.meta.dirname, '../..');

test('the table of traditional characters is the one that its script writes', async () => {
  const { traditionalTable } = (await import(join(root, 'scripts/traditional.mjs'))) as {
    traditionalTable(): string;
  };
  const table = readFileSync(join(root, 'domain/values/lexicon/traditional.ts'), 'utf8');
  expect(table).toBe(traditionalTable());
});

test('each traditional character has one simplified form, which is none of them', () => {
  expect(simplified).toHaveLength(traditional.length);
  expect(new Set(traditional).size).toBe(traditional.length);
  expect([...simplified].filter((form) => traditional.includes(form))).toEqual([]);
});

test.each([
  ['隧道貫通', '隧道贯通'],
  ['主體結構', '主体结构'],
  ['合龍', '合龙'],
  ['進入收尾階段', '进入收尾阶段'],
  ['啟動', '启动'],
  ['啓動', '启动'],
  ['全線', '全线'],
  ['全綫', '全线'],
])('%s is spelt %s', (form, simple) => {
  expect(spelling(form)).toBe(simple);
});
