import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import writeXlsxFile from 'write-excel-file/node';
import { readConfig } from '../../../src/composition/settings/config.js';
import { start } from '../../../src/start/start.js';
import { typed, typedIn } from '../typed.js';

let top: string;
let url: string;
let stop: () => Promise<void>;

beforeAll(async () => {
  top = mkdtempSync(join(tmpdir(), 'topout-table-'));
  const config = {
    ...readConfig({}),
    port: 0,
    dataPath: join(top, 'data'),
    vaultPath: join(top, 'vault.json'),
  };
  const service = await start(config, (error) => {
    throw error;
  });
  url = service.url;
  stop = () => service.close();
}, 60_000);
afterAll(async () => {
  await stop();
  rmSync(top, { recursive: true, force: true });
});

const fileOf = (name: string, content: string | Buffer) => {
  writeFileSync(join(top, name), content);
  return join(top, name);
};
const topout = (...args: string[]) => typed('table', ...args, '--url', url);

const clear =
  '重点项目进度表（2018年6月）\n项目名称,本月完成投资（万元）,形象进度,备注\nhuaao-2,120,,晴\ntengjun,80,,\n';
const doubtful = `${clear}某工程,5,,\nzhongheng,6,主体差不多,\n`;

test('a table is read without recording, with what each column is taken for and what was not understood', async () => {
  const { code, out } = await topout(fileOf('june.csv', doubtful));
  expect([code, out]).toEqual([0, expect.stringContaining('InvestmentReported amount span=month')]);
  expect(out).toMatch(/5\s+某工程\s+某工程\s+the name or id of a registered project/);
  expect(out).toMatch(/6\s+zhongheng\s+形象进度\s+主体差不多/);
  expect(out.split('\n').at(-1)).toBe(
    '2018-06: 4 rows, 3 entries understood, 2 cells not understood. Nothing was recorded; --record does.',
  );
});

test('doubtful rows are recorded only when they are chosen away or left out, and a second time adds nothing', async () => {
  const file = fileOf('june.csv', doubtful);
  const refused = await topout(file, '--record');
  expect([refused.code, refused.err]).toEqual([3, expect.stringContaining('Nothing was recorded')]);
  const chosen = await topout(file, '--record', '--rows', '3-4');
  expect([chosen.code, chosen.out]).toEqual([0, '2 recorded, 0 already there, 0 refused.']);
  const all = await topout(file, '--record', '--leave-out');
  expect([all.code, all.out.split('\n').at(-1)]).toEqual([0, '1 recorded, 2 already there, 0 refused.']);
});

test('a mapping that was written once reads the table of the next month', async () => {
  const mapping = join(top, 'county.json');
  await topout(fileOf('june.csv', clear), '--write-mapping', mapping);
  const written = readFileSync(mapping, 'utf8').replace('"span": "month"', '"span": "year"');
  writeFileSync(mapping, written);
  const { out } = await topout(fileOf('may.csv', clear.replace('6月', '5月')), '--mapping', mapping);
  expect(out).toContain('InvestmentReported amount span=year');
});

test('a file in GB 18030 is read, and answers are in the language of the terminal', async () => {
  const heading = Buffer.from('cfeec4bfc3fbb3c62cb1bed4c2cdeab3c9cdb6d7ca28cdf2d4aa290a', 'hex');
  const file = fileOf('gb.csv', Buffer.concat([heading, Buffer.from('huaao-2,7\n')]));
  const { code, out } = await typedIn('zh', 'table', file, '--as-of', '2018-05', '--url', url);
  expect([code, out.split('\n').at(-1)]).toEqual([
    0,
    '2018年5月：共 1 行，读出 1 条记录，0 处未能识别。尚未记录；加 --record 即记录。',
  ]);
});

test('a sheet of a workbook is read as the same table, and other files of that kind are refused in both languages', async () => {
  const sheet = (rows: string[][]) => rows.map((row) => row.map((value) => ({ value })));
  const rows = clear
    .trim()
    .split('\n')
    .map((line) => line.split(','));
  const bytes = await writeXlsxFile([
    { data: sheet([['说明']]), sheet: '说明' },
    { data: sheet(rows), sheet: '六月' },
  ]).toBuffer();
  const workbook = fileOf('june.xlsx', bytes);
  const { code, out } = await topout(workbook, '--sheet', '六月');
  const csv = await topout(fileOf('june.csv', clear));
  expect([code, out]).toEqual([0, csv.out]);
  expect((await topout(workbook)).err).toContain('no line of headings');
  expect((await topout(workbook, '--sheet', '七月')).err).toContain('expected one of: 说明, 六月.');
  const old = fileOf('june.xls', Buffer.from('d0cf11e0a1b11ae1', 'hex'));
  expect((await topout(old)).err).toContain('A workbook of the old format .xls; expected .xlsx');
  const chinese = await typedIn('zh', 'table', old, '--url', url);
  expect([chinese.code, chinese.err]).toEqual([3, expect.stringContaining('旧格式 .xls 工作簿；应为 .xlsx')]);
});

test('what cannot be read is said before anything is sent', async () => {
  expect((await topout(join(top, 'nowhere.csv'))).code).not.toBe(0);
  expect((await topout(fileOf('june.csv', clear), '--rows', 'all')).err).toContain('6,8-12');
  expect((await topout(fileOf('june.csv', clear), '--leave-out')).err).toContain('--record');
  expect((await topout(fileOf('words.csv', 'a,b\nc,d\n'))).err).toContain('words.csv: text');
});
