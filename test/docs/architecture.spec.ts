import { globSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { ruleKinds } from '../../domain/governance/rules.js';
import { facts as knownFacts } from '../../domain/project/facts/facts.js';
import { codeIn, read, root, tableUnder } from './pages.js';

const page = 'docs/architecture.md';
const imported = await import(join(root, '.dependency-cruiser.mjs'));
const rules = (imported.default.forbidden as { name: string }[]).map(({ name }) => name);

describe('The table of folders', () => {
  const rows = tableUnder(page, 'Folders');
  const folders = rows.flatMap(([folder = '']) => codeIn(folder));

  test('names every rule of imports, and no other', () => {
    const named = rows.flatMap(([, , , rule = '']) => codeIn(rule));
    expect([...named, 'no-cycles', 'no-cycles-between-folders'].sort()).toEqual(rules.toSorted());
  });

  test('has every folder that holds code', () => {
    const top = globSync('{domain,projections,web,test,bench,proofs}/', { cwd: root });
    const below = globSync('src/*', { cwd: root });
    expect([...top, ...below].filter((path) => !folders.includes(path))).toEqual([]);
  });
});

describe('The table of streams', () => {
  const rows = tableUnder(page, 'Streams');

  test('has every event that a golden file holds, once; a new fact may be missing', () => {
    const stored = globSync('test/golden/events/v1/*.jsonl', { cwd: root }).map((file) =>
      file
        .replace(/.*\/(.*)\.jsonl/, '-$1')
        .replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase()),
    );
    const listed = rows.flatMap(([, events = '']) => codeIn(events));
    const facts = Object.keys(knownFacts).filter((type) => !listed.includes(type));
    expect([...listed, ...facts].sort()).toEqual(stored.sort());
  });

  test('the page names every view', () => {
    const views = globSync('src/app/**/*.ts', { cwd: root }).flatMap((file) =>
      [...read(file).matchAll(/: View = \{\s+name: '(\w+)'/g)].map(([, name]) => name),
    );
    const [, named = ''] = /The views (.+) are tables/.exec(read(page)) ?? [];
    expect(codeIn(named).sort()).toEqual(views.sort());
  });
});

test('between 20 and 30 files are to be read first', () => {
  const files = tableUnder(page, 'Read these first').flatMap(([file = '']) => codeIn(file));
  expect(new Set(files).size).toBe(files.length);
  expect(files.length).toBeGreaterThanOrEqual(20);
  expect(files.length).toBeLessThanOrEqual(30);
});

test('the page of alerts explains every rule', () => {
  const explained = tableUnder('docs/alerts.md', 'What is watched').flatMap(([rule = '']) => codeIn(rule));
  expect(explained).toEqual([...ruleKinds]);
});
