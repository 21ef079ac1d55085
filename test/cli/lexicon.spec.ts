import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { AdoptedLexicon } from '../../domain/governance/lexicons.js';
import { readConfig } from '../../src/composition/settings/config.js';
import { start } from '../../src/start/start.js';
import { type Printed, typed } from './typed.js';

let top: string;
let url: string;
let stop: () => Promise<void>;
/** The lexicon of the district: another range for "mostly", and a word of its own. */
let own: AdoptedLexicon;

const topout = (...args: string[]): Promise<Printed> => typed(...args, '--url', url);
const json = async (...args: string[]) => JSON.parse((await topout(...args, '--json')).out);
const file = (name: string, content: unknown) => {
  const path = join(top, name);
  writeFileSync(path, JSON.stringify(content));
  return path;
};
const fetched = async (path: string) => (await fetch(`${url}${path}`)).json();
/** Floor, percent and ceiling of an item of zhongheng on 30 June 2018, in percent. */
const completionOf = async (item: string, knownAt = '') => {
  const { completion } = (await fetched(`/projects/zhongheng?asOf=2018-06-30${knownAt}`)) as {
    completion: { lexiconVersion: number; items: Record<string, number | string>[] };
  };
  const found = completion.items.find((one) => one.item === item);
  const figures = ['floor', 'percent', 'ceiling'].map((name) => Number(found?.[`${name}BasisPoints`]) / 100);
  return [completion.lexiconVersion, ...figures];
};

beforeAll(async () => {
  top = mkdtempSync(join(tmpdir(), 'topout-'));
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
  const shown = (await json('lexicon', 'show')) as AdoptedLexicon;
  const words = shown.words.map((word) =>
    word.word === 'nearly-done' ? { ...word, range: { low: 8500, point: 9000, high: 9900 } } : word,
  );
  own = {
    ...shown,
    basis: 'notice 7',
    words: [
      ...words,
      {
        word: 'girders-on',
        range: { low: 6500, point: 7000, high: 7500 },
        name: { en: 'girders on', zh: '主梁架设完成' },
        said: ['主梁架设完成', 'girders on'],
      },
    ],
  };
});
afterAll(async () => {
  await stop();
  rmSync(top, { recursive: true });
});

describe('a lexicon', () => {
  test('shown as JSON is accepted back unchanged', async () => {
    const again = await topout('lexicon', 'adopt', file('same.json', await json('lexicon', 'show')));
    expect(again).toEqual({
      code: 0,
      out: 'This lexicon is in force already, as version 2; nothing was recorded.',
      err: '',
    });
    expect((await topout('lexicon', 'show')).out).toMatch(
      /^topped-out +topped out +40\.0 % +60\.0 % +100 % +the structure/m,
    );
  });

  test('is refused with the place of its fault', async () => {
    const wrong = file('wrong.json', { ...own, words: own.words.slice(1) });
    const { code, err } = await topout('lexicon', 'adopt', wrong);
    expect([code, err]).toEqual([
      3,
      `topout: ${wrong}: words: no not-started; expected every word of the lexicon in force, because entries name them.`,
    ]);
  });

  test('does not know the words of another district', async () => {
    const { code, err } = await topout('log', 'zhongheng', 'fit-out-plant', '--word', '主梁架设完成');
    expect([code, err]).toEqual([3, expect.stringContaining('expected a phrase of the lexicon')]);
  });

  test('is tested: the figures that it moves are shown, and nothing changes', async () => {
    const { out } = await topout('lexicon', 'test', file('own.json', own), '--as-of', '2018-06-30');
    expect(out).toMatch(/^zhongheng +whole project/m);
    expect(out).toMatch(/fit-out-plant +95\.0 %, 90\.0 %, 99\.0 % +90\.0 %, 85\.0 %, 99\.0 %$/m);
    expect(out).toMatch(/of 8 projects differ on 2018-06-30/);
    const none = await topout('lexicon', 'test', file('as-is.json', await json('lexicon', 'show')));
    expect(none.out).toMatch(/^No figure moves\./);
    expect(await completionOf('fit-out-plant')).toEqual([2, 90, 95, 99]);
  });

  test('moves figures, rows and totals from its adoption on, and no earlier knowledge', async () => {
    const before = ((await fetched('/portfolio?asOf=2018-06-30')) as { knownAt: { position: number } })
      .knownAt;
    const rowAt = async (knownAt = '') => {
      const { items } = (await fetched(`/projects?asOf=2018-06-30${knownAt}`)) as {
        items: { project: string; completion: Record<string, number> }[];
      };
      return items.find(({ project }) => project === 'zhongheng')?.completion.floorBasisPoints;
    };
    const wholeAt = async (knownAt = '') =>
      (
        (await fetched(`/projects/zhongheng?asOf=2018-06-30${knownAt}`)) as {
          completion: { floorBasisPoints: number };
        }
      ).completion.floorBasisPoints;
    const was = await rowAt();
    const adopted = await topout('lexicon', 'adopt', file('own.json', own), '--by', 'wang.gong');
    expect(adopted.out).toBe('Adopted as version 3.');
    expect(await completionOf('fit-out-plant')).toEqual([3, 85, 90, 99]);
    const knownAt = `&knownAt=${before.position}`;
    expect(await completionOf('fit-out-plant', knownAt)).toEqual([2, 90, 95, 99]);
    expect(await rowAt()).toBe(await wholeAt());
    expect([await rowAt(knownAt), await wholeAt(knownAt)]).toEqual([was, was]);
    expect(await rowAt()).toBeLessThan(was ?? 0);
    const totals = async (moment: string) =>
      ((await fetched(`/portfolio?asOf=2018-06-30${moment}`)) as { groups: { completion: unknown }[] })
        .groups[0];
    expect(await totals(knownAt)).not.toEqual(await totals(''));
  });

  test('then reads its own words, by every way in', async () => {
    const logged = await topout(
      'log',
      'zhongheng',
      'fit-out-plant',
      '--word',
      '主梁架設完成了',
      '--as-of',
      '2018-07-01',
    );
    expect([logged.code, logged.err]).toEqual([0, '']);
    const line = {
      project: 'zhongheng',
      type: 'ProgressMeasured',
      asOf: '2018-07-02',
      item: 'fit-out-office',
      measure: { kind: 'word', said: 'Girders on' },
    };
    const path = join(top, 'lines.ndjson');
    writeFileSync(path, `${JSON.stringify(line)}\n`);
    expect((await topout('import', path)).code).toBe(0);
    const { out } = await topout('journal', 'zhongheng');
    expect(out).toContain('girders on ("主梁架設完成了")');
    const { completion } = (await fetched('/projects/zhongheng?asOf=2018-07-02')) as {
      completion: { items: { item: string; floorBasisPoints: number }[] };
    };
    const floors = new Map(completion.items.map((one) => [one.item, one.floorBasisPoints]));
    expect([floors.get('fit-out-plant'), floors.get('fit-out-office')]).toEqual([6500, 6500]);
  });

  test('of an older version is refused, and all versions are listed', async () => {
    const stale = await topout(
      'lexicon',
      'adopt',
      file('stale.json', { ...own, basis: 'notice 8', version: 2 }),
    );
    expect([stale.code, stale.err]).toEqual([5, expect.stringContaining('topout lexicon show')]);
    expect((await topout('lexicon', 'show', '--all')).out).toMatch(/^ +3 +notice 7 .* wang\.gong +30$/m);
  });
});
