import { readFile } from 'node:fs/promises';
import { describe, expect, test } from '@jest/globals';
import { readSheet } from '../../domain/workbook/read-sheet.js';
import { run } from '../../src/cli/program.js';
import { exitCodes } from '../../src/composition/exit-codes.js';
import { typed } from './typed.js';

describe('help', () => {
  test('lists every command', async () => {
    const { code, out } = await typed('help');
    const commands = [
      'serve',
      'log',
      'import',
      'show',
      'journal',
      'explain',
      'changes',
      'replay',
      'portfolio',
      'series',
      'alerts',
      'watch',
      'rules',
      'lexicon',
      'subscriptions',
      'calendars',
      'rebuild',
      'backup',
      'restore',
      'doctor',
      'help',
    ];
    expect(code).toBe(0);
    expect(commands.filter((name) => !new RegExp(`^  ${name}\\b`, 'm').test(out))).toEqual([]);
  });

  test('on a command is the same by either name', async () => {
    expect((await typed('help', 'log')).out).toBe((await typed('log', '--help')).out);
  });

  test('on a subcommand is the same by either name', async () => {
    const { code, out } = await typed('help', 'alerts', 'show');
    expect([code, out]).toEqual([0, (await typed('alerts', 'show', '--help')).out]);
    expect(await typed('help', 'alerts', 'shwo')).toEqual({
      code: 2,
      out: '',
      err: 'topout: "alerts" has no part "shwo"; see "topout help alerts"',
    });
  });

  test('on alerts and on rules explains how they are read and set', async () => {
    expect((await typed('help', 'alerts')).out).toContain('An alert ends on a fact only');
    expect((await typed('help', 'rules')).out).toContain('the narrowest rule of a kind counts');
  });

  test('names every exit code', async () => {
    const { out } = await typed('help', 'exit-codes');
    const listed = out.split('\n').flatMap((line) => /^ +(\d+) {2}\S/.exec(line)?.[1] ?? []);
    expect(listed.map(Number)).toEqual(Object.values(exitCodes));
  });

  test('and the page on the terminal name the same exit codes', async () => {
    const page = await readFile(new URL('../../docs/terminal.md', import.meta.url), 'utf8');
    const listed = [...page.matchAll(/^\| (\d+) \|/gm)].map(([, code]) => Number(code));
    expect(listed).toEqual(Object.values(exitCodes));
  });

  test('explains the three figures of a range', async () => {
    expect((await typed('help', 'figures')).out).toContain('49.9 % (36.2 % stated, at most 86.2 %)');
  });
});

describe('an invalid command line ends with exit code 2 and one sentence', () => {
  test.each([
    [['shwo'], "topout: unknown command 'shwo'\n(Did you mean show?)"],
    [
      ['help', 'nothing'],
      'topout: no command and no topic "nothing"; expected a command, or one of: exit-codes, figures',
    ],
    [['log', 'huaao-2', 'roof', '--don'], "topout: unknown option '--don'\n(Did you mean --done?)"],
    [['log', 'huaao-2'], 'topout: Nothing is said; expected a fact, see "topout help log".'],
    [['log', 'huaao-2', '--withdraw', 'x'], 'topout: --withdraw without a reason; expected --reason TEXT.'],
    [
      ['log', 'huaao-2', 'roof', '--done', '--reason', 'x'],
      'topout: --reason says nothing by itself; expected it beside --withdraw, --explain or --forecast.',
    ],
    [
      ['show', '--as-of', '2018-02-30'],
      'topout: --as-of "2018-02-30": expected a day of the calendar such as 2018-06-30, today or yesterday.',
    ],
    [
      ['show', '--url', 'nowhere'],
      'topout: --url "nowhere": expected an address such as http://127.0.0.1:3000.',
    ],
    [
      ['alerts', 'acknowledge', '7c1c0f2f', '--name', 'W', '--due', 'soon'],
      'topout: --due "soon": expected a day of the calendar such as 2018-06-30, today or yesterday.',
    ],
    [['changes', 'huaao-2'], "topout: required option '--from <moment>' not specified"],
  ])('%j', async (args, sentence) => {
    expect(await typed(...args)).toEqual({ code: 2, out: '', err: sentence });
  });

  test('with --json the sentence is a problem', async () => {
    const { code, err } = await typed('log', 'huaao-2', '--json');
    const detail = 'Nothing is said; expected a fact, see "topout help log".';
    expect([code, JSON.parse(err)]).toEqual([
      2,
      { problem: { type: 'about:blank', title: 'The command line is invalid', detail } },
    ]);
    expect(JSON.parse((await typed('show', '--nothing', '--json')).err)).toEqual({
      problem: {
        type: 'about:blank',
        title: 'The command line is invalid',
        detail: "unknown option '--nothing'",
      },
    });
  });
});

test('without arguments the commands are listed', async () => {
  const { code, err } = await typed();
  expect(code).toBe(2);
  expect(err).toContain('Usage: topout');
});

test('a bug of topout itself is not hidden behind a sentence', async () => {
  const broken = {
    out: () => {
      throw new RangeError('broken terminal');
    },
    err: () => undefined,
    bold: String,
    coloured: String,
    interruption: () => AbortSignal.abort(),
    readSheet,
    calledAs: 'topout',
    language: 'en' as const,
  };
  await expect(run(['help'], broken)).rejects.toThrow('broken terminal');
});

test('an invalid port is reported before the service starts', async () => {
  expect(await typed('serve', '--port', '99999')).toEqual({
    code: exitCodes.usage,
    out: '',
    err: 'topout: --port "99999": expected a port from 0 to 65535.',
  });
});
