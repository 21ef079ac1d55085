import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type ExampleService, startExample } from '../../support/example-service.js';
import { typed, typedIn } from '../typed.js';

let service: ExampleService;
beforeAll(async () => {
  service = await startExample();
}, 60_000);
afterAll(() => service.stop());

const june = ['--as-of', '2018-06-30'];
const explain = (...args: string[]) => typed('explain', ...args, '--url', service.url);

describe('a total', () => {
  test('is shown above the figures of its projects, each with the command that explains it', async () => {
    const { code, out } = await explain('--total', 'invested:unknown:CNY', ...june);
    const lines = out.split('\n');
    expect(code).toBe(0);
    expect(lines.slice(0, 4)).toEqual([
      'Invested since the start (basis not stated): 135,626 万元',
      '  Add the parts, each times its weight if it has one.',
      expect.stringMatching(/^ {2}\S.*: [\d,]+ 万元$/),
      expect.stringMatching(/^ {4}topout explain [a-z0-9-]+ invested$/),
    ]);
    const parts = lines.flatMap((line) => /^ {2}\S.*: ([\d,]+) 万元$/.exec(line)?.[1] ?? []);
    const sum = parts.reduce((all, part) => all + Number(part.replaceAll(',', '')), 0);
    expect([parts.length, sum]).toEqual([6, 135_626]);
    expect(out).toContain('Projects that do not count for it: 2');
    expect(out).toMatch(/^[a-z0-9-]+ +Nobody reported money since its start\.$/m);
    expect(lines.at(-1)).toMatch(/^As of 2018-06-30, known at position \d+\.$/);
  });

  test('is the mean percent when no figure is named, of the projects that a filter selects', async () => {
    const { out } = await explain('--total', '--sector', 'vehicles and parts', ...june);
    expect(out).toMatch(/^Mean percent: \d+(\.\d+)? %/);
    expect(out.match(/^ {4}topout explain .* percent$/gm)).toHaveLength(3);
  });

  test('is shown in Chinese', async () => {
    const { out } = await typedIn('zh', 'explain', '--total', ...june, '--url', service.url);
    expect(out).toMatch(/^平均形象进度：\d+(\.\d+)?%/);
    expect(out).toMatch(/截至 2018年6月30日，已知至位置 \d+。$/);
  });

  test('is the answer of the service with --json, at a moment of both clocks', async () => {
    const args = ['--total', 'floor', '--sector', 'vehicles and parts', '--known-at', '75', ...june];
    const path =
      'portfolio/explanation?asOf=2018-06-30&knownAt=75&sector=vehicles%20and%20parts&figure=floor';
    expect(await explain(...args, '--json')).toEqual({
      code: 0,
      out: await service.answered(path),
      err: '',
    });
  });

  test('that the projects do not have is refused with those that they have', async () => {
    const { code, err } = await explain('--total', 'invested:accounting:EUR', ...june);
    expect(code).not.toBe(0);
    const none = await explain('--total', '--sector', 'ships', ...june);
    expect(none.err).toContain('a figure; at that moment there is none');
    expect(err).toContain('one of the figures at that moment: floor, percent, ceiling, invested:unknown:CNY');
  });
});

describe('a command line is refused that names', () => {
  test.each([
    [[], 'topout: explain names nothing to explain; expected a project, or --total.'],
    [['huaao-2', '--total'], 'topout: "huaao-2" beside --total; expected one of them.'],
    [
      ['huaao-2', '--sector', 'chemicals'],
      'topout: --sector selects the projects of a total; expected it beside --total.',
    ],
  ])('%j', async (args, err) => {
    expect(await explain(...args)).toEqual({ code: 2, out: '', err });
  });
});

describe('a light', () => {
  test('is shown above its alerts, each down to the entries that set its days', async () => {
    const { code, out } = await explain('huaao-2', 'light');
    expect(code).toBe(0);
    expect(out.split('\n').filter((line) => !/^ *(>|2018-06-30)/.test(line))).toEqual([
      'Light: red',
      expect.stringContaining('Not evaluated: behind plan (the plan gives no dates)'),
      '  stalled (financing): red',
      expect.stringMatching(
        /^ {4}Declared stalled \(works\) for 40 days, .* Ends by: An entry that the stall/,
      ),
      '    Red light for works: red',
      '      It is reached if the first part is not less than the second.',
      '      The day of the answer: 2018-07-10',
      '        The calendar gives the day.',
      '      First day of the stall: 2018-06-01',
      '        The entry gives the day.',
      '',
      'Plan version 1, lexicon version 2, rules version 1.',
      expect.stringMatching(/^As of 2018-07-10 \(the business day\)/),
    ]);
  });

  test('that is not on has alerts that say why, with their limits', async () => {
    const { out } = await explain('huaao-2', 'alert:unreported/project');
    expect(out).toMatch(/^unreported: none\n/);
    expect(out).toMatch(/^ {2}Yellow light: none$/m);
    expect(out).toMatch(/^ {4}Days since then: 10 days$/m);
    expect(out).toMatch(/^ {4}Limit: yellow from: 45 days\n {6}Version 1 of the rules sets it\.$/m);
  });

  test('is shown in Chinese', async () => {
    const { out } = await typedIn('zh', 'explain', 'huaao-2', 'light', '--url', service.url);
    expect(out).toMatch(/^预警灯：红\n {2}取应预警事项中最严重者。未判断：进度落后于计划（计划没有日期）/);
    expect(out).toMatch(/^ {4}红灯（施工）：红$/m);
  });
});
