import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readSheet } from '../../domain/workbook/read-sheet.js';
import { run } from '../../src/cli/program.js';
import { readConfig } from '../../src/composition/settings/config.js';
import { start } from '../../src/start/start.js';
import { type Receiver, startReceiver } from '../support/webhook-receiver.js';
import { type Printed, typed } from './typed.js';

const secret = `whsec_${Buffer.from(Array.from({ length: 32 }, (_, index) => index)).toString('base64')}`;
let top: string;
let url: string;
let stop: () => Promise<void>;
let receiver: Receiver;
const received: string[] = [];

const topout = (...args: string[]): Promise<Printed> => typed(...args, '--url', url);
const alertOf = async (project: string, status = 'open'): Promise<string> => {
  const { out } = await topout('alerts', '--json', '--project', project, '--status', status);
  return (JSON.parse(out) as { items: { alert: string }[] }).items[0]?.alert ?? '';
};

/** Follows alerts in a terminal until it has shown a number of lines. */
async function watched(lines: number, ...args: string[]): Promise<Printed> {
  const stopping = new AbortController();
  const [out, err]: [string[], string[]] = [[], []];
  const code = await run(['watch', '--url', url, ...args], {
    out: (text) => {
      out.push(text);
      if (out.length === lines) stopping.abort();
    },
    err: (text) => void err.push(text),
    bold: String,
    coloured: (_, text) => text,
    interruption: () => stopping.signal,
    readSheet,
    calledAs: 'topout',
    language: 'en',
  });
  return { code, out: out.join('\n'), err: err.join('\n') };
}

beforeAll(async () => {
  top = mkdtempSync(join(tmpdir(), 'topout-'));
  receiver = await startReceiver('127.0.0.1', (request, response) => {
    received.push(request.text);
    const { challenge } = JSON.parse(request.text) as { challenge?: string };
    response.end(challenge ?? '');
  });
  const config = {
    ...readConfig({}),
    port: 0,
    dataPath: join(top, 'data'),
    vaultPath: join(top, 'vault.json'),
  };
  const service = await start({ ...config, allowsLoopbackWebhooks: true }, (error) => {
    throw error;
  });
  url = service.url;
  stop = () => service.close();
  // The example's alerts are raised once the service runs; a follower that has seen them all.
  await watched(4, '--after', '0');
}, 60_000);
afterAll(async () => {
  await stop();
  await receiver.close();
  rmSync(top, { recursive: true, force: true });
});

describe('alerts of the example district', () => {
  test('are listed, most severe first', async () => {
    const { code, out } = await topout('alerts');
    expect(code).toBe(0);
    expect(out).toMatch(
      /^red +2018-06-01 \(start of a period, inferred\) +40 +huaao-2 +stalled \(financing\) +2018-07-17, leader +[0-9a-f]{8}$/m,
    );
    expect(out).toMatch(
      /^4 alerts: 2 red, 2 yellow\. On 2018-07-10 \(the business day\), known at position \d+\.$/m,
    );
    expect((await topout('alerts', '--at-least', 'red', '--rule', 'forecast-slip')).out).toMatch(
      /^1 alert: 1 red\./m,
    );
  });

  test('are shown in full by the beginning of an id: reason, what would clear it, and the entries', async () => {
    const id = await alertOf('huaao-2');
    const { code, out } = await topout('alerts', 'show', id.slice(0, 6));
    expect(code).toBe(0);
    expect(out).toMatch(
      /^Why +Declared stalled \(works\) for 40 days, since 2018-06-01 \(start of a period, inferred\): financing\.$/m,
    );
    expect(out).toMatch(/^Ends by +An entry that the stall "financing" is cleared \(works resumed\)\.$/m);
    expect(out).toMatch(
      /^2018-06-30 \(end of a period, inferred\) +example +Stalled \(works\): financing, since 2018-06-01 \(start of a period, inferred\)\. +from the report “district-half-year-2018”, 三\(二\) +01f7156a/m,
    );
    expect(out).toMatch(/^2018-07-10 {2}.* {2}topout {2}Raised red, stalled \(financing\)/m);
    const how = /^Explain +topout (.*)$/m.exec(out)?.[1];
    expect(how).toBe('explain huaao-2 alert:declared-stall/stall/financing');
    const explained = await topout(...(how ?? '').split(' '));
    expect([explained.code, explained.out.split('\n')[0]]).toEqual([0, 'stalled (financing): red']);
  });

  test('are in the page of a project, with the rules that could not be evaluated', async () => {
    const { out } = await topout('show', 'tengjun');
    expect(out).toMatch(
      /^red {2}forecast slip \(production\), since 2018-06-30 \(end of a period, inferred\)$/m,
    );
    expect(out).toMatch(/^ {2}Ends by: The stage "in production"/m);
    expect(out).toMatch(/^Not evaluated: behind plan \(the plan gives no dates\)/m);
  });

  test('are acknowledged by name and day, silenced, and cleared by the fact, each visible to followers', async () => {
    const id = await alertOf('huaao-2');
    const watching = watched(3, '--project', 'huaao-2', '--after', '83');
    const taken = await topout('alerts', 'acknowledge', id, '--name', 'Wang Gong', '--due', '2018-07-20');
    expect([taken.code, taken.out.split('\n')[0]]).toEqual([
      0,
      'Taken on by Wang Gong, to be answered by 2018-07-20.',
    ]);
    const quiet = await topout('alerts', 'silence', id, '--until', 'today', '--reason', 'known');
    expect([quiet.code, quiet.out.split('\n')[0]]).toEqual([0, 'Silenced until the end of 2018-07-10.']);
    expect((await topout('alerts', '--project', 'huaao-2')).out).toMatch(
      /Wang Gong, 2018-07-20 +silenced to 2018-07-10/,
    );
    await topout('log', 'huaao-2', '--resumed', 'financing');
    const { code, out, err } = await watching;
    expect([code, err]).toEqual([0, 'Following alerts; Ctrl-C ends it.']);
    expect(out.split('\n').map((line) => line.replace(/^.{20} {2}/, '').replace(/:.*/, ''))).toEqual([
      'red     Taken on by Wang Gong, to be answered by 2018-07-20',
      'red     Silenced until 2018-07-10 (inclusive)',
      'red     Cleared',
    ]);
    const late = await topout('alerts', 'acknowledge', id, '--name', 'W', '--due', 'today');
    expect([late.code, late.err]).toEqual([
      5,
      `topout: alert: ${id}, which was cleared on 2018-07-10; expected an open alert.`,
    ]);
    const { out: journal } = await topout('journal', 'huaao-2', '--alerts');
    expect(journal).toMatch(
      /Taken on by Wang Gong.*\n.*Silenced until 2018-07-10.*\n.*Moves again.*\n.*Cleared, stalled/,
    );
    expect((await topout('journal', 'huaao-2')).out).not.toContain('Wang Gong');
  });

  test('are followed as the service sends them, one line of JSON each', async () => {
    const { code, out, err } = await watched(1, '--json', '--after', '0', '--project', 'tengjun');
    expect([code, err, JSON.parse(out)]).toEqual([
      0,
      '',
      expect.objectContaining({
        type: 'AlertRaised',
        alert: expect.objectContaining({ project: 'tengjun' }),
      }),
    ]);
  });
});

describe('rules', () => {
  const file = (name: string, content: unknown) => {
    const path = join(top, name);
    writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
    return path;
  };

  test('shown as JSON are accepted back unchanged', async () => {
    const shown = await topout('rules', 'show', '--json');
    const again = await topout('rules', 'adopt', file('same.json', shown.out));
    expect(again).toEqual({
      code: 0,
      out: 'These rules are in force already, as version 1; nothing was recorded.',
      err: '',
    });
  });

  test('are back-tested on all history, then adopted, and the changes are shown', async () => {
    const { version: _, ...rules } = JSON.parse((await topout('rules', 'show', '--json')).out);
    const fewer = rules.rules.filter(({ rule }: { rule: string }) => rule !== 'forecast-slip');
    const path = file('fewer.json', { ...rules, basis: 'notice 7', rules: fewer });
    const tested = await topout('rules', 'test', path, '--from', '2018-06-01', '--to', 'today');
    expect(tested.out).toMatch(
      /^Raised by the adopted rules only\n.*\n─+\n2018-06-30 +tengjun +forecast slip/m,
    );
    expect(tested.out).toMatch(/8 projects evaluated .* Nothing was recorded or sent\.$/);
    const csv = await topout(
      'rules',
      'test',
      path,
      '--from',
      '2018-06-01',
      '--to',
      'today',
      '--format',
      'csv',
    );
    expect(csv.out).toMatch(/^\uFEFFrules,project,/);
    expect(csv.out).toMatch(/\r\nadopted,tengjun,.*,forecast-slip,.*\r$/);
    const adopted = await topout('rules', 'adopt', path, '--if-version', '1', '--by', 'wang.gong');
    expect([adopted.code, adopted.out.split('\n')]).toEqual([
      0,
      [
        'Adopted as version 2; against version 1:',
        '  - forecast-slip (everywhere): yellow 30 days, red 90 days',
        '  ~ Stands for them: default → notice 7',
      ],
    ]);
    expect((await topout('rules', 'show', '--all')).out).toMatch(/^ +2 +notice 7 .* wang\.gong +11 +0$/m);
    const stale = await topout('rules', 'adopt', path, '--if-version', '1');
    expect([stale.code, stale.err]).toEqual([5, expect.stringContaining('If-Match: "1"; expected "2"')]);
  });

  test('from an invalid file are refused with the file, the member, what was seen and what was expected', async () => {
    const rules = JSON.parse((await topout('rules', 'show', '--json')).out);
    const wrong = file('wrong.json', { ...rules, rules: [{ rule: 'unreported', yellow: { points: 5 } }] });
    expect(await topout('rules', 'adopt', wrong)).toEqual({
      code: 3,
      out: '',
      err: `topout: ${wrong}: rules[0].yellow.points: "points"; expected "days": unreported counts days.`,
    });
    const cut = file('cut.json', '{"basis": ');
    const { code, err } = await topout('rules', 'adopt', cut);
    expect([code, err]).toEqual([3, expect.stringMatching(/cut\.json: no JSON \(.*\); expected a rule set/)]);
    expect((await topout('rules', 'adopt', join(top, 'absent.json'))).code).toBe(4);
  });
});

describe('subscriptions and calendars', () => {
  test('a webhook is added with a secret from a file, notified, changed, given a new secret and removed', async () => {
    const secretFile = join(top, 'secret.txt');
    writeFileSync(secretFile, `${secret}\n`);
    const hook = `http://127.0.0.1:${receiver.port}/topout`;
    const added = await topout(
      'subscriptions',
      'add',
      'webhook',
      hook,
      '--secret-file',
      secretFile,
      '--at-least',
      'red',
    );
    expect([added.code, added.err]).toEqual([0, '']);
    expect(added.out).toContain(`Secret: ${secret}\nIt is not shown again`);
    const { items } = JSON.parse((await topout('subscriptions', '--json')).out);
    const id: string = items[0].subscription;
    const short = id.slice(0, 13);
    expect((await topout('subscriptions')).out).toMatch(
      /127\.0\.0\.1:\d+ .* red or more severe +immediately +active +0 /,
    );
    expect((await topout('subscriptions', 'test', short)).out).toBe('The receiver accepted the test (200).');
    const changed = await topout(
      'subscriptions',
      'change',
      short,
      '--everything',
      '--daily',
      '08:30',
      '--name',
      'office',
    );
    expect(changed.out).toMatch(/^Name +office\n.*\nChosen +all\nWhen +daily at 08:30$/m);
    expect((await topout('subscriptions', 'notices', short)).out).toBe(
      'Nobody was notified by a subscription.',
    );
    expect((await topout('subscriptions', 'pause', short)).out).toMatch(/^Status +paused \(asked, /m);
    expect((await topout('subscriptions', 'resume', short)).out).toMatch(/^Status +active$/m);
    expect((await topout('subscriptions', 'rotate-secret', short)).out).toMatch(/^Secret: whsec_/);
    expect((await topout('subscriptions', 'show', id)).out).not.toContain('whsec_');
    expect((await topout('subscriptions', 'remove', short)).out).toBe(`Subscription ${id} has ended.`);
    expect((await topout('subscriptions')).out).toMatch(/ ended +0 /);
    expect(received.length).toBeGreaterThanOrEqual(2);
  });

  test.each([
    [['webhook', 'http://10.0.0.1/x'], 3, 'channel.url: '],
    [['fax', '1'], 2, '"fax": expected webhook or email before the address.'],
    [['email', 'a@example.org', '--secret-file', 'x'], 2, '--secret-file says nothing of an e-mail'],
  ])('adding %j is refused', async (args, exitCode, sentence) => {
    const { code, err } = await topout('subscriptions', 'add', ...args);
    expect([code, err]).toEqual([exitCode, expect.stringContaining(sentence)]);
  });

  test('a calendar is adopted from a file and shown year by year', async () => {
    const path = join(top, 'site.json');
    writeFileSync(
      path,
      JSON.stringify({ name: 'site', freeWeekdays: [0], holidays: ['2027-01-01'], workdays: ['2027-02-07'] }),
    );
    expect((await topout('calendars', 'adopt', path)).out).toMatch(
      /^site +Sunday +1 +1 +2027-01-01 +2027-02-07$/m,
    );
    expect((await topout('calendars', 'show', 'site')).out).toMatch(/^2027 +01-01 +02-07$/m);
    expect(await topout('calendars', 'show', 'sit')).toEqual({
      code: 4,
      out: '',
      err: 'topout: There is no calendar "sit"; expected one of china, every-day, site, weekdays. Did you mean: site?',
    });
  });
});

describe('mistyped commands', () => {
  test.each([
    [['alerts', 'shwo'], 2, "topout: unknown command 'alerts shwo'\n(Did you mean show?)"],
    [
      ['alerts', 'show', '7c1'],
      2,
      'topout: "7c1": expected the id of the alert, or at least the first 6 characters of it.',
    ],
    [
      ['alerts', 'show', 'ffffff'],
      4,
      'topout: No alert has an id that begins with "ffffff"; expected one that "topout alerts" shows.',
    ],
    [['watch', '--after', 'x'], 2, 'topout: --after "x": expected a position of the log, a whole number.'],
    [
      ['rules', 'show', '--version', '0'],
      2,
      'topout: --version "0": expected a version, a whole number from 1.',
    ],
  ])('%j', async (args, code, err) => {
    expect(await topout(...args)).toEqual({ code, out: '', err });
  });

  test('a district without projects is reported, because it finds nothing', async () => {
    expect(await topout('alerts', '--district', 'XX Distrikt (xx区)')).toEqual({
      code: 0,
      out: expect.stringMatching(/^No alerts\.\n/),
      err: 'topout: No project has district "XX Distrikt (xx区)", so nothing is found by it. Did you mean: XX District (xx区)?',
    });
  });

  test('an unknown project is reported before anything is followed', async () => {
    for (const command of ['alerts', 'watch']) {
      const { code, err } = await topout(command, '--project', 'huao-2');
      expect([command, code, err]).toEqual([command, 4, expect.stringMatching(/Did you mean: huaao-2\?$/)]);
    }
  });
});
