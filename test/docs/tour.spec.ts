import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { compose } from '../../src/composition/compose.js';
import type { Composed } from '../../src/composition/composed.js';
import { readConfig } from '../../src/composition/settings/config.js';
import { world } from '../../src/composition/world.js';
import { createHttpApp } from '../../src/http/app.js';
import { loadExample } from '../../src/maintenance/example.js';
import { typed } from '../cli/typed.js';
import { openToAll } from '../support/open-mode.js';
import { read } from './pages.js';

let dataPath: string;
let composed: Composed;
let app: NestFastifyApplication;
let url: string;

beforeAll(async () => {
  dataPath = mkdtempSync(join(tmpdir(), 'topout-tour-'));
  const config = { ...readConfig({}), dataPath, vaultPath: join(dataPath, 'vault.json') };
  composed = await compose(config);
  app = await createHttpApp(composed.topout, { ...openToAll, after: world.after });
  await app.listen(0, '127.0.0.1');
  url = await app.getUrl();
  await loadExample(composed, config);
  await composed.watch();
});

afterAll(async () => {
  await app.close();
  await composed.close();
  rmSync(dataPath, { recursive: true, force: true });
});

/** A command of a page, and the lines that the page shows below it. */
interface Shown {
  command: string;
  output: string;
}

function transcriptOf(path: string): Shown[] {
  const blocks = [...read(path).matchAll(/```\n(\$ [\s\S]*?)```/g)].map(([, block = '']) => block);
  return blocks.flatMap((block) =>
    block
      .split(/^\$ /m)
      .slice(1)
      .map((text) => {
        const [, command = '', output = ''] = /^((?:.*\\\n)*.*)\n([\s\S]*)$/.exec(text) ?? [];
        return { command: command.replaceAll(/\\\n\s*/g, ''), output: output.trimEnd() };
      }),
  );
}

/** The words of a command line: between blanks, or in quotes. */
const wordsOf = (line: string): string[] =>
  [...line.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map(([, one, two, three]) => one ?? two ?? three ?? '');

/** What a command prints, cut as the pipe behind it cuts it. */
async function outputOf(command: string): Promise<string> {
  const [line = '', pipe = ''] = command.split(' | ');
  const [program, ...words] = wordsOf(line);
  let output: string;
  if (program === 'curl') {
    const at = (option: string) => words[words.indexOf(option) + 1] ?? '';
    const address = words.find((word) => word.startsWith('http')) ?? '';
    const [name = '', value = ''] = at('-H').split(': ');
    const answer = await fetch(address.replace('http://127.0.0.1:3000', url), {
      method: 'POST',
      headers: { [name]: value },
      body: at('-d'),
    });
    output = await answer.text();
  } else {
    const printed = await typed(...words.slice(words.indexOf('--') + 1), '--url', url);
    expect(printed.err).toBe('');
    output = printed.out;
  }
  const [filter, argument = ''] = pipe.split(' ');
  const lines = output.split('\n');
  if (filter === 'head') return lines.slice(0, Number(argument.slice(1))).join('\n');
  if (filter === 'grep') return lines.filter((text) => text.includes(argument)).join('\n');
  return output;
}

/** What differs from run to run: ids of entries and instants. */
const steady = (text: string): string =>
  text
    .trimEnd()
    .replaceAll(/[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}/g, 'ID')
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'INSTANT');

/** Alerts that one start raised are listed in the order in which their projects were evaluated. */
function comparable({ command, output }: Shown): { command: string; output: string | string[] } {
  const text = steady(output);
  return { command, output: / alerts( |$)/.test(command) ? text.split('\n').sort() : text };
}

test('every command of the README and of the tour prints what the page shows', async () => {
  const shown = [...transcriptOf('README.md'), ...transcriptOf('docs/tour.md')];
  expect(shown.length).toBeGreaterThan(10);
  const printed: ReturnType<typeof comparable>[] = [];
  for (const { command } of shown) printed.push(comparable({ command, output: await outputOf(command) }));
  expect(printed).toEqual(shown.map(comparable));
});
