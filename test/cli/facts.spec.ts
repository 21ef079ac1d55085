import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { logExamples } from '../../src/cli/views/help-topics.js';
import { readConfig } from '../../src/composition/settings/config.js';
import { start } from '../../src/start/start.js';
import { type Printed, typed, typedIn } from './typed.js';

const uuid = '[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}';
let top: string;
let url: string;
let stop: () => Promise<void>;

/** A command line for the service of these tests. */
const topout = (...args: string[]): Promise<Printed> => typed(...args, '--url', url);
const answered = async (path: string) =>
  (await fetch(`${url}/${path}`, { headers: { 'accept-language': 'en' } })).text();

beforeAll(async () => {
  top = mkdtempSync(join(tmpdir(), 'topout-'));
  const folder = { dataPath: join(top, 'data'), vaultPath: join(top, 'vault.json') };
  const service = await start({ ...readConfig({}), ...folder, port: 0 }, (error) => {
    throw error;
  });
  url = service.url;
  stop = () => service.close();
}, 60_000);
afterAll(async () => {
  await stop();
  rmSync(top, { recursive: true, force: true });
});

describe('the example district at the end of June 2018', () => {
  const june = ['--as-of', '2018-06-30'];

  test('is shown in one line per project', async () => {
    const { code, out } = await typedIn('zh', 'show', ...june, '--url', url);
    const lines = out.split('\n');
    expect(code).toBe(0);
    expect(lines[0]).toMatch(/^项目 +名称 +阶段 +形象进度 +下限 +上限 +累计投资 +最近填报 +停工\/受阻$/);
    expect(lines.find((line) => line.startsWith('huaao-2'))).toMatch(
      /^huaao-2 +华奥汽车项目二期 .* 36\.2% .* 6,900 万元 +2018-06-30（期末，推断） +施工：融资$/,
    );
    expect(lines.find((line) => line.startsWith('jiujiuxing'))).toMatch(
      /已投产 +100% +100% +100% +24,388 万元/,
    );
    expect(lines.slice(2, -2).length).toBe(8);
    expect(lines.at(-1)).toMatch(/^截至 2018年6月30日，已知至位置 \d+。$/);
  });

  test('has its total, with its coverage', async () => {
    const { out } = await topout('portfolio', ...june);
    expect(out).toContain('1,356.26 million CNY (6 of 8 projects reported, basis not stated)');
    const { out: bySector } = await topout('portfolio', '--group-by', 'sector', ...june);
    expect(bySector).toMatch(/^vehicles and parts +3 /m);
  });

  test('is compared with an earlier month, as a whole and project by project', async () => {
    const { code, out } = await typedIn(
      'zh',
      'changes',
      '--as-of',
      '2018-05-31',
      '--to-as-of',
      '2018-06-30',
      '--url',
      url,
    );
    expect(code).toBe(0);
    expect(out).toMatch(/^指标 +A +B +变化 +施工进展 +计划调整/m);
    expect(out).toMatch(/^华奥汽车项目二期 .*个百分点/m);
    expect(out).toContain('自 2018年5月31日（已知至位置');
    const same = await topout('changes', '--as-of', '2018-06-30', '--to-as-of', '2018-06-30');
    expect(same.out).toMatch(/^The two moments are the same\./);
  });

  test('shows all contradictions of one project, and a page of them as JSON', async () => {
    const july = ['--as-of', '2018-07-05'];
    await topout('log', 'zhuoyi', 'site', '--percent', '40', ...july);
    const { code, out } = await topout('show', 'zhuoyi', '--contradictions', ...july);
    expect(code).toBe(0);
    expect(out).toMatch(/^From +Status +Contradictions\n/);
    expect(out).toMatch(/^2018-07-05 +open +Progress went back: "[^"]+: 95 %"/m);
    expect(out).toMatch(/^2018-07-05 +open .*, settles it\.$/m);
    expect(out.split('\n').at(-1)).toMatch(/^As of 2018-07-05, known at position \d+\.$/);
    const { out: json } = await topout(
      'show',
      'zhuoyi',
      '--contradictions',
      '--limit',
      '1',
      '--json',
      ...july,
    );
    expect(JSON.parse(json)).toMatchObject({ asOf: '2018-07-05', open: 2, items: [{ since: '2018-07-05' }] });
  });

  test('says with a project what settles each contradiction, in the language of the reader', async () => {
    const july = ['--as-of', '2018-07-05'];
    const { out } = await topout('show', 'zhuoyi', ...july);
    expect(out).toMatch(
      /^2018-07-05 {2}Progress went back: .*\n {12}Withdrawing one of them,.* settles it\.$/m,
    );
    const { out: inChinese } = await typedIn('zh', 'show', 'zhuoyi', ...july, '--url', url);
    expect(inChinese).toMatch(/^2018-07-05 {2}.*\n {12}撤回其中一条，.*即可了结。$/m);
  });

  test('says why a contradiction stays, by the id of one of its entries, and shows it as explained', async () => {
    const july = ['--as-of', '2018-07-05'];
    const { out: shown } = await topout('show', 'zhuoyi', '--contradictions', '--json', ...july);
    const [first] = JSON.parse(shown).items;
    const explain = (id: string) =>
      topout('log', 'zhuoyi', '--explain', id, '--reason', 'measured by another firm', ...july);
    const { code, out } = await explain(first.id.slice(0, 40));
    expect(code).toBe(0);
    expect(out).toContain('stays: measured by another firm.');
    const { out: after } = await topout('show', 'zhuoyi', '--contradictions', ...july);
    expect(after).toMatch(/^2018-07-05 +explained +.* Explained by .+: measured by another firm\. /m);
    expect(after).toMatch(/^2018-07-05 +open +.* Put to .+; id [a-z-]+:/m);
    const unknown = await explain('nothing-like-it');
    expect(unknown.code).toBe(4);
    expect(unknown.err).toContain('begins with "nothing-like-it"');
    const alone = await topout('log', 'zhuoyi', '--explain', 'x');
    expect(alone.err).toContain('--explain without a reason');
  });

  test('shows one project with its items, money, forecasts and stalls', async () => {
    const { out } = await topout('show', 'tengjun', ...june);
    expect(out).toMatch(/^Tengjun Automobile \(tengjun\)$/m);
    expect(out).toMatch(
      /^Completion +\d+\.\d % \(32\.4 % stated, at most \d+\.\d %\); \d+ of \d+ items reported/m,
    );
    expect(out).toMatch(
      /^Invested +968\.38 million CNY \(2018-06-30, end of a period, inferred, basis not stated\)$/m,
    );
    expect(out).toMatch(
      /^2018-06-30 \(end of a period, inferred\) +production +in March 2019 +90 to 243 days +\S/m,
    );
    const { out: inChinese } = await typedIn('zh', 'show', 'tengjun', ...june, '--url', url);
    expect(inChinese).toMatch(/^2018-06-30（期末，推断） +投产 +2019年3月 +90 至 243 天 +\S/m);
    expect(out).toMatch(/^licence +production: licence +2018-01-01 \(start of a period, inferred\) +open$/m);
    expect(out).toMatch(
      /^ {2}structure-dormitories +Dormitories capped .* 60\.0 % .* 2018-06-30 \(end of a period, inferred\) {2}3 of 5$/m,
    );
  });

  test('is shown for the business day unless another day is given', async () => {
    const { out } = await topout('show', 'huaao-2');
    expect(out).toMatch(/As of 2018-07-10 \(the business day\), known at position \d+\.$/);
    expect((await topout('show', 'huaao-2', '--as-of', 'yesterday')).out).toMatch(
      /As of 2018-07-09, known at position \d+\.$/,
    );
  });

  test('has its history day by day', async () => {
    const { out } = await topout('series', 'huaao-2', ...june);
    expect(out).toMatch(/^2018-06-30 +\d+\.\d % +36\.2 % .* 69\.0 million CNY +1$/m);
  });
});

describe('the output with --json', () => {
  test.each([
    [['show'], 'projects'],
    [['show', '--limit', '3'], 'projects?limit=3'],
    [['show', 'yuhong', '--as-of', '2018-06-30'], 'projects/yuhong?asOf=2018-06-30'],
    [
      ['journal', 'yuhong', '--limit', '2', '--order', 'newest'],
      'projects/yuhong/journal?order=newest&limit=2',
    ],
    [
      ['changes', 'yuhong', '--from', '2018-06-29', '--to', '2018-06-30'],
      'projects/yuhong/changes?from=2018-06-29&to=2018-06-30&clock=asOf',
    ],
    [
      ['explain', 'yuhong', 'floor', '--as-of', '2018-06-30'],
      'projects/yuhong/explanation?asOf=2018-06-30&figure=floor',
    ],
    [
      ['changes', '--as-of', '2018-05-31', '--to-as-of', '2018-06-30', '--to-known-at', '60'],
      'portfolio/changes?asOf=2018-05-31&toAsOf=2018-06-30&toKnownAt=60',
    ],
    [['portfolio', '--group-by', 'stage', '--known-at', '9'], 'portfolio?knownAt=9&groupBy=stage'],
    [['series', 'yuhong', '--from', '2018-06-01'], 'projects/yuhong/series?from=2018-06-01'],
  ])('%j equals the answer of the service', async (args, path) => {
    expect(await topout(...args, '--json')).toEqual({ code: 0, out: await answered(path), err: '' });
  });
});

describe('logging a fact', () => {
  const id = '0197e7a0-0000-7000-8000-0000000000aa';

  test('shows what was recorded and the changed figure', async () => {
    const { code, out, err } = await topout(
      'log',
      'huaao-2',
      'greening',
      '--percent',
      '70',
      '--id',
      id,
      '--by',
      'wang.gong',
    );
    const [recorded, place, moved, found, moment] = out.split('\n');
    expect([code, err]).toEqual([0, '']);
    expect(recorded).toBe('Recorded: Greening: 70 %.');
    expect(found).toMatch(
      /^Contradictions: No progress, yet figures rose: .*, but "Greening: 70 %" \(2018-07-10\)\.$/,
    );
    expect(place).toMatch(new RegExp(`^  for 2018-07-10, source not stated, entry ${id}, position \\d+$`));
    expect(moved).toMatch(
      /^Completion: \d+\.\d % \(36\.2 % stated, at most \d+\.\d %\) → \d+\.\d % \(36\.7 % stated, at most \d+\.\d %\), \+0\.5 points$/,
    );
    expect(moment).toMatch(/^As of 2018-07-10 \(the business day\), known at position \d+\.$/);
  });

  test('again with the same id records nothing, and with other content is a conflict', async () => {
    const again = await topout(
      'log',
      'huaao-2',
      'greening',
      '--percent',
      '70',
      '--id',
      id,
      '--by',
      'wang.gong',
    );
    expect(again.out).toMatch(/^Was recorded before under this id: Greening: 70 %\.$/m);
    const other = await topout('log', 'huaao-2', 'greening', '--percent', '80', '--id', id);
    expect([other.code, other.err]).toEqual([
      5,
      `topout: Event id ${id} is already taken by an entry with other content; use a new id for a new entry.`,
    ]);
    const { items } = JSON.parse((await topout('journal', 'huaao-2', '--json', '--limit', '500')).out);
    expect(items.filter((entry: { id: string }) => entry.id === id).length).toBe(1);
  });

  test('in Chinese prints Chinese', async () => {
    const { out } = await typedIn('zh', 'log', 'xunfa', 'structure-tanks', '--percent', '95', '--url', url);
    expect(out).toMatch(/^已记录：\S+主体：完成 95%。$/m);
    expect(out).toMatch(/^形象进度：.*（下限 .*个百分点$/m);
  });

  test.each([
    [['sewer', '--quantity', '1,200米', '--of', '2.4公里'], 'Recorded: Sewer: 1,200 of 2,400 米.'],
    [
      ['sewer', '--quantity', '约1.2公里'],
      'Recorded: Sewer: "约1.2公里" (1.08–1.32 公里 done, of how many was not said).',
    ],
    [
      ['structure-paint-shop', '--storey', '-1', '--below', '2'],
      /: up to level -1, 2 below ground, of how many was not said\.$/,
    ],
    [['--percent', '60-65', '--re-measured'], 'Recorded: The whole project: 60 to 65 % (re-measured).'],
  ])('%j is said back in words', async (args, words) => {
    const { code, out, err } = await topout('log', 'huaao-2', ...args);
    expect([code, err]).toEqual([0, '']);
    expect(out.split('\n')[0]).toMatch(words);
  });

  test('of money and stalls shows them before and after', async () => {
    expect((await topout('log', 'xunfa', '--money', '5200万元')).out).toMatch(
      /^Invested: 50\.0 million CNY → 52\.0 million CNY$/m,
    );
    expect((await topout('log', 'xunfa', '--stall', 'supply')).out).toMatch(/^Stalls: 0 → 1$/m);
    expect((await topout('log', 'xunfa', '--resumed', 'supply-2018-07-10')).out).toMatch(/^Stalls: 1 → 0$/m);
  });

  test('of an unplanned item is kept, and similar names are shown', async () => {
    const { code, out, err } = await topout('log', 'huaao-2', 'rainpipe', '--percent', '90');
    const entry = new RegExp(uuid).exec(out)?.[0];
    expect([code, err.split('\n')]).toEqual([
      0,
      [
        'Note: no plan of huaao-2 names an item "rainpipe"; the entry is kept and counts once a plan names it.',
        'Did you mean: rain-pipe?',
        `To take it back: topout log huaao-2 --withdraw ${entry} --reason TEXT`,
      ],
    ]);
    const withdrawn = await topout(
      'log',
      'huaao-2',
      '--withdraw',
      String(entry),
      '--reason',
      'slip of the finger',
    );
    expect([withdrawn.code, withdrawn.out.split('\n')[0]]).toEqual([
      0,
      'Recorded: Withdrawn: "rainpipe: 90 %." Reason: slip of the finger.',
    ]);
  });

  test('what was copied from a report is shown as copied, with its place and its author', async () => {
    const { code, out } = await topout(
      ...['log', 'yuhong', 'roads', '--percent', '96', '--as-of', '2018-06-30', '--by', '李 伟'],
      ...['--from-report', '6月通报', '--paragraph', '一(二)8', '--quote', '道路硬化基本完成'],
      ...['--place', 'K0+300', '--precision', 'period-end', '--inferred', '--note', 'page 3'],
    );
    expect([code, out.split('\n')[1]]).toEqual([
      0,
      expect.stringMatching(
        /^ {2}for 2018-06-30 \(end of a period, inferred\), K0\+300 · from the report “6月通报”, 一\(二\)8, entry /,
      ),
    ]);
    const { out: found } = await typedIn('zh', 'journal', 'yuhong', '--contains', 'k0+300', '--url', url);
    expect(found.split('\n').filter((line) => /^\s*\d/.test(line))).toEqual([
      expect.stringMatching(/李 伟 .*K0\+300 · 摘自《6月通报》，一\(二\)8/),
    ]);
  });

  test('a paragraph without its report, and a report that was seen on the site, are refused', async () => {
    const said = ['log', 'yuhong', 'roads', '--percent', '97'];
    expect((await topout(...said, '--paragraph', '3')).err).toContain('--paragraph says nothing by itself');
    expect((await topout(...said, '--on-site', '--from-report', 'x')).err).toContain('expected one of them');
  });

  test('a correction has the day of the entry that it replaces', async () => {
    const { out } = await topout('log', 'zhuoyi', 'site', '--percent', '97', '--as-of', '2018-07-03');
    const entry = new RegExp(uuid).exec(out)?.[0];
    const { out: corrected } = await topout(
      'log',
      'zhuoyi',
      'site',
      '--percent',
      '96',
      '--withdraw',
      String(entry),
      '--reason',
      'misread',
    );
    expect(corrected.split('\n').slice(0, 4)).toEqual([
      'Recorded: Withdrawn: "Site levelling: 97 %." Reason: misread.',
      expect.stringMatching(/^ {2}for 2018-07-10, source not stated, entry /),
      'Recorded: Site levelling: 96 %.',
      expect.stringMatching(/^ {2}for 2018-07-03, source not stated, entry /),
    ]);
    const { out: journal } = await topout('journal', 'zhuoyi');
    expect(journal).toContain(`Site levelling: 96 %. [corrects ${entry}]`);
    expect(journal).toContain('Site levelling: 97 %. [withdrawn: misread]');
  });

  test('the day before is unchanged', async () => {
    const before = await topout('show', 'baiyou-2', '--json');
    const { position } = JSON.parse(before.out).knownAt;
    await topout('log', 'baiyou-2', 'fit-out-plant', '--done');
    expect((await topout('show', 'baiyou-2', '--known-at', String(position), '--json')).out).toBe(before.out);
    const { out } = await topout('changes', 'baiyou-2', '--clock', 'knownAt', '--from', String(position));
    expect(out).toMatch(/^fit-out-plant +\S.* 100 % +late$/m);
    expect((await topout('changes', 'baiyou-2', '--from', 'yesterday-ish')).code).toBe(3);
  });

  test('money of another basis and of the year only is named beside the headline, in both languages', async () => {
    expect((await topout('show', 'yuhong')).out).not.toMatch(/^Beside it/m);
    const logged = await topout('log', 'yuhong', '--money', '300万元', '--basis', 'accounting');
    expect(logged.code).toBe(0);
    expect((await topout('log', 'yuhong', '--money', '40万元', '--span', 'year')).code).toBe(0);
    const { out } = await topout('show', 'yuhong');
    expect(out).toMatch(/^Beside it .*400,000 CNY invested in 2018 so far \(.*; never added up$/m);
    const { out: inChinese } = await typedIn('zh', 'show', 'yuhong', '--url', url);
    expect(inChinese).toMatch(/^其他口径 .*2018年累计完成投资（.*） 40 万元.*；不相加$/m);
  });

  test.each(
    logExamples('topout')
      .split('\n')
      .filter((line) => line.startsWith('  topout log'))
      .map((line) => [line.trim()]),
  )('%s works when pasted', async (line) => {
    const args = [...line.matchAll(/"([^"]*)"|(\S+)/g)]
      .map(([, quoted, bare]) => quoted ?? bare ?? '')
      .slice(1);
    expect(await topout(...args)).toMatchObject({ code: 0, err: '' });
  });
});

describe('refusals of the service', () => {
  test.each([
    [['log', 'huaao-2', 'sewer', '--percent', '110'], 3, /^topout: measure\.percent: 110; expected /],
    [['log', 'tengjun', 'structure-dormitories', '--storey', '6/5'], 3, /6 of 5; expected at most 5\.$/],
    [
      ['log', 'huaao-2', 'sewer', '--done', '--as-of', '2018-07-11'],
      3,
      /2018-07-11; expected 2018-07-10 or earlier/,
    ],
    [['log', 'huaao-2', 'sewer', '--word', 'soonish'], 3, /"soonish"; expected a phrase of the lexicon/],
    [['log', 'huaao-3', 'sewer', '--done'], 4, /Did you mean: huaao-2\?$/],
    [['show', '久久星'], 3, /Did you mean: jiujiuxing\?$/],
    [['log', 'huaao-2', '--resumed', 'weather'], 3, /expected a stall declared here: /],
    [
      ['log', 'huaao-2', '--withdraw', '0197e7a0-0000-7000-8000-00000000dead', '--reason', 'x'],
      4,
      /0197e7a0-0000-7000-8000-00000000dead/,
    ],
    [['show', '--known-at', 'Tuesday'], 3, /"Tuesday"; expected a position of the log/],
  ])('%j', async (args, code, sentence) => {
    const refused = await topout(...args);
    expect([refused.code, refused.out]).toEqual([code, '']);
    expect(refused.err).toMatch(sentence);
    const { code: jsonCode, err } = await topout(...args, '--json');
    expect([jsonCode, JSON.parse(err).problem.type]).toEqual([code, expect.stringMatching(/^\/problems\//)]);
  });
});

describe('an import', () => {
  const line = (percent: number) =>
    JSON.stringify({
      project: 'yuhong',
      type: 'ProgressMeasured',
      item: 'outdoor-other',
      asOf: `2018-07-0${(percent % 9) + 1}`,
      measure: { kind: 'percent', percent },
    });

  test('records each line once, however often it is run', async () => {
    const file = join(top, 'july.ndjson');
    writeFileSync(file, `${[11, 22, 33].map(line).join('\n')}\n`);
    expect(await topout('import', file)).toEqual({
      code: 0,
      out: '3 recorded, 0 already there, 0 refused.',
      err: '',
    });
    expect(await topout('import', file)).toEqual({
      code: 0,
      out: '0 recorded, 3 already there, 0 refused.',
      err: '',
    });
  });

  test('names the refused lines, and records the others', async () => {
    const file = join(top, 'mixed.ndjson');
    const bad = line(44).replace('44}', '144}');
    writeFileSync(file, [line(55), '', 'not JSON', bad, line(66)].join('\r\n'));
    const { code, out, err } = await topout('import', file);
    expect([code, out]).toEqual([3, '2 recorded, 0 already there, 2 refused.']);
    expect(err.split('\n')).toEqual([
      expect.stringMatching(/^line 3: body: broken JSON .*; expected a JSON object\.$/),
      expect.stringMatching(/^line 4: measure\.percent: 144; expected /),
      'topout: 2 of 4 lines were refused; mend them and give the same command again: what is recorded stays as it is.',
    ]);
  });

  test('with --json prints a line for each line', async () => {
    const file = join(top, 'json.ndjson');
    writeFileSync(file, `\n${line(77)}\n[]\n`);
    const { code, out, err } = await topout('import', file, '--json');
    const results = out.split('\n').map((text) => JSON.parse(text));
    expect(code).toBe(3);
    expect(results).toMatchObject([
      { line: 2, status: 201, outcome: 'recorded' },
      { line: 3, status: 400, problem: { type: '/problems/type-wrong' } },
    ]);
    expect(JSON.parse(err).problem.title).toBe('Lines were refused');
  });

  test('of a missing file says so', async () => {
    const file = join(top, 'none.ndjson');
    expect(await topout('import', file)).toEqual({
      code: 4,
      out: '',
      err: `topout: ${file} cannot be read (ENOENT); expected a file of NDJSON, or - for standard input.`,
    });
  });
});
