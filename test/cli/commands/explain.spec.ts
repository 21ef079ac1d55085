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
    expect(out).toMatch(/^平均完成率：?:? ?\d+(\.\d+)?%/);
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
