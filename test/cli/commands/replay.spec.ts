import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Key } from '../../../src/cli/replay/keys.js';
import { stepsOf } from '../../../src/cli/replay/steps.js';
import { type ExampleService, startExample } from '../../support/example-service.js';
import { typed, typedIn, typedWithKeys } from '../typed.js';

let service: ExampleService;
beforeAll(async () => {
  service = await startExample();
}, 240_000);
afterAll(() => service?.stop());

const replay = (...args: string[]) => typed('replay', ...args, '--url', service.url);
const heads = (out: string) => out.split('\n').filter((line) => line.startsWith('Step '));

interface Line {
  step: number;
  of: number;
  day: string;
  entries: { id: string; position: number; asOf: string }[];
  changes: { completion: { percent: { from: number; to: number } } };
  contradictions: { from: number; to: number; opened: { id: string }[] };
}

describe('a project', () => {
  test('goes day by day, with what came and what it changed', async () => {
    const { code, out } = await replay('huaao-2');
    expect(code).toBe(0);
    expect(heads(out)).toEqual(['Step 1 of 2: 2018-01-01, 2 entries', 'Step 2 of 2: 2018-06-30, 11 entries']);
    expect(out).toMatch(/^> Rainwater pipe: 85 %\.\n {2}2018-06-30 .* example · [0-9a-f-]{36}$/m);
    expect(out).toMatch(/^Percent +0 % +49\.9 % +\+49\.92 points/m);
    expect(out).toMatch(/^Light: none → Red$/m);
    expect(out).toMatch(/^Stalled: works: financing/m);
  });

  test('goes entry by entry on the clock of recording', async () => {
    const { out } = await replay('huaao-2', '--clock', 'knownAt');
    const steps = heads(out);
    expect(steps).toHaveLength(13);
    expect(steps.at(-1)).toMatch(/^Step 13 of 13: \d{4}-\d\d-\d\d, position \d+, 1 entry$/);
    expect(out).toMatch(/^> Sewer: 45 %\.$/m);
    expect(out).toContain('No percentage moved.\n\nInvested: - → 69.0 million CNY');
  });

  test('is a line of JSON for each step, whose figures follow one another', async () => {
    const { out } = await replay('huaao-2', '--clock', 'knownAt', '--json');
    const lines = out.split('\n').map((line) => JSON.parse(line) as Line);
    expect(lines.map(({ step, of }) => [step, of])).toEqual(lines.map((_, place) => [place + 1, 13]));
    for (const [place, { changes }] of lines.entries()) {
      const before = lines[place - 1]?.changes.completion.percent.to ?? 0;
      expect(changes.completion.percent.from).toBe(before);
    }
    const last = await service.answered('projects/huaao-2');
    const { completion } = JSON.parse(last) as { completion: { percentBasisPoints: number } };
    expect(lines.at(-1)?.changes.completion.percent.to).toBe(completion.percentBasisPoints);
  });

  test('shows the contradictions that a step opens', async () => {
    const log = (percent: string, day: string) =>
      typed('log', 'yuhong', '--percent', percent, '--as-of', day, '--url', service.url);
    expect((await log('90', '2018-07-01')).code).toBe(0);
    expect((await log('40', '2018-07-02')).code).toBe(0);
    const { out } = await replay('yuhong', '--from', '2018-07-02', '--json');
    const lines = out.split('\n').map((line) => JSON.parse(line) as Line);
    expect(lines.map(({ day }) => day)).toEqual(['2018-07-02']);
    const [{ contradictions }] = lines as [Line];
    expect(contradictions.to).toBe(contradictions.from + contradictions.opened.length);
    expect(contradictions.opened.length).toBeGreaterThan(0);
    const { out: inWords } = await replay('yuhong', '--from', '2018-07-02');
    expect(inWords).toMatch(/^Contradictions: \d+ → \d+\n {2}! /m);
  });

  test('is shown in Chinese', async () => {
    const { out } = await typedIn('zh', 'replay', 'huaao-2', '--to', '2018-01-31', '--url', service.url);
    expect(out).toMatch(/^第 1 步，共 1 步：2018-01-01，2 条记录\n/);
    expect(out).toContain('形象进度没有变化。');
  });

  test('that does not exist is refused with one that does', async () => {
    const { code, err } = await replay('huaao2');
    expect([code, err]).toEqual([4, expect.stringContaining('Did you mean: huaao-2?')]);
  });
});

test('the totals go day by day, with the projects that reported', async () => {
  const { out } = await replay('--to', '2018-06-30');
  expect(heads(out)).toEqual(['Step 1 of 2: 2018-01-01, 16 entries', 'Step 2 of 2: 2018-06-30, 62 entries']);
  expect(out).toMatch(/^> tengjun: 15$/m);
  expect(out).toMatch(/^Projects +0 +8$/m);
  expect(out).toMatch(/^Invested \(basis not stated, CNY\) +- +1,356\.26 million CNY$/m);
});

describe('on a terminal', () => {
  const key = (name: string): Key => ({ name });
  const day = [...'2018-06-30'].map((sequence): Key => ({ sequence }));
  const pressed = (...keys: Key[]) =>
    typedWithKeys(keys, 'replay', 'huaao-2', '--url', service.url, '--known-at', '83');

  test('keys go on, back, to the ends and to a day', async () => {
    const { code, out, err } = await pressed(
      key('right'),
      key('n'),
      key('b'),
      key('left'),
      key('end'),
      key('home'),
      key('g'),
      ...day,
      key('return'),
      key('q'),
      key('n'),
    );
    expect(code).toBe(0);
    expect(heads(out).map((head) => head.slice(0, 6))).toEqual([
      'Step 1',
      'Step 2',
      'Step 1',
      'Step 2',
      'Step 1',
      'Step 2',
    ]);
    expect(err.split('\n')).toEqual([
      'n next · b back · Home first · End last · g to a day · q quit',
      'This is the last step.',
      'This is the first step.',
      'To which day? Type it, such as 2018-06-30, then Enter.',
    ]);
  });

  test('a day that is none is refused, and another key shows the keys again', async () => {
    const { out, err } = await pressed(key('g'), { sequence: '9' }, key('return'), key('x'));
    expect(heads(out)).toHaveLength(1);
    expect(err).toContain('"9" is no day; expected one of the calendar such as 2018-06-30.');
    expect(err.match(/n next/g)).toHaveLength(2);
  });
});

test('days of entries have no steps by entry', async () => {
  expect(await replay('huaao-2', '--by', 'entry')).toEqual({
    code: 2,
    out: '',
    err: 'topout: --by entry on the clock asOf: figures are of whole days; expected --by day, or --clock knownAt.',
  });
});

test('steps follow the days of entries, however late they were recorded', () => {
  const entry = (position: number, asOf: string, recordedOn: string) => ({
    id: `e${position}`,
    position,
    asOf,
    recordedAt: `${recordedOn}T10:00:00.000Z`,
  });
  const entries = [
    entry(5, '2018-06-30', '2018-07-01'),
    entry(7, '2018-03-31', '2018-07-01'),
    entry(9, '2018-06-30', '2018-07-02'),
  ];
  const steps = (clock: 'asOf' | 'knownAt', by: 'day' | 'entry') =>
    stepsOf(entries, { clock, by }).map(({ day, from, to, entries: came }) => [
      day,
      from,
      to,
      came.map(({ id }) => id).join(' '),
    ]);
  expect(steps('asOf', 'day')).toEqual([
    ['2018-03-31', '2018-03-30', '2018-03-31', 'e7'],
    ['2018-06-30', '2018-03-31', '2018-06-30', 'e5 e9'],
  ]);
  expect(steps('knownAt', 'day')).toEqual([
    ['2018-07-01', '4', '7', 'e5 e7'],
    ['2018-07-02', '7', '9', 'e9'],
  ]);
  expect(steps('knownAt', 'entry')).toEqual([
    ['2018-07-01', '4', '5', 'e5'],
    ['2018-07-01', '5', '7', 'e7'],
    ['2018-07-02', '7', '9', 'e9'],
  ]);
});
