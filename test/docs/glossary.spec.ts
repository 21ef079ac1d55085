import { globSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Service, startService } from '../http/service.js';
import { codeIn, read, root, tableUnder } from './pages.js';

const page = 'docs/glossary.md';
const rows = [...read(page).matchAll(/^## (.+)$/gm)].flatMap(([, heading = '']) => tableUnder(page, heading));
const words = rows.map(([english = '', chinese = '', code = '', api = '', shown = '']) => ({
  english,
  chinese,
  code: codeIn(code),
  api: codeIn(api),
  shown: shown === '' ? [] : shown.split(' · '),
}));

const textOf = (pattern: string): string =>
  globSync(pattern, { cwd: root })
    .map((path) => read(path).replaceAll(/\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*$/gm, ''))
    .join('\n');

/** A word as a name of its own, not as a part of a longer one. */
const alone = (word: string): RegExp => new RegExp(`(?<![\\w-])${word}(?![\\w-])`);

let service: Service;
const documented = new Set<string>();
beforeAll(async () => {
  service = await startService();
  collect((await service.get('/openapi.json')).body);
});
afterAll(() => service.close());

/** Every name of a member, value of a list, parameter and part of a path in the document of the API. */
function collect(value: unknown): void {
  if (typeof value === 'string') documented.add(value);
  if (typeof value !== 'object' || value === null) return;
  for (const [name, member] of Object.entries(value)) {
    if (!Array.isArray(value)) for (const part of [name, ...name.split('/')]) documented.add(part);
    collect(member);
  }
}

describe('The glossary', () => {
  test('has a word in both languages in every row, and no word twice', () => {
    expect(words.filter(({ english, chinese }) => !english || !/\p{Script=Han}/u.test(chinese))).toEqual([]);
    expect(new Set(words.map(({ english }) => english)).size).toBe(words.length);
    expect(words.length).toBeGreaterThan(50);
  });

  test('names what the code calls it', () => {
    const source = textOf('{domain,projections,src}/**/*.ts');
    expect(words.flatMap(({ code }) => code).filter((word) => !alone(word).test(source))).toEqual([]);
    expect(words.filter(({ code }) => code.length === 0)).toEqual([]);
  });

  test('names what the API calls it', () => {
    const missing = words.flatMap(({ api }) => api).filter((word) => !documented.has(word));
    expect(missing).toEqual([]);
  });

  test('shows the words that the page shows', () => {
    const files = textOf(
      '{web/**/{*texts*,*terms*,*-words},projections/**/*words,domain/project/facts/*}.ts',
    );
    const texts = [...files.matchAll(/'(?:[^'\\\n]|\\.)*'/g)].join('\n').toLowerCase();
    const missing = words.flatMap(({ shown }) => shown).filter((word) => !texts.includes(word.toLowerCase()));
    expect(missing).toEqual([]);
  });
});
