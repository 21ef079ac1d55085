import { existsSync, globSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { district, districtLines } from '../examples/district.js';
import { headingsIn, linksIn, pages, proseOf, read, root } from './pages.js';

const folders = globSync('*/', { cwd: root, exclude: ['node_modules', 'dist', 'data'] }).join('|');
const inTree = new RegExp(`(?<![\\w./:-])(?:${folders})/[\\w./-]*[\\w/-]`, 'g');

const projects = new Set(districtLines.map(({ project }) => project));
const itemsOf = (project: string) =>
  districtLines
    .filter((line) => line.project === project && line.type === 'PlanAdopted')
    .flatMap(({ items }) => (items as { id: string }[]).map(({ id }) => id));

describe.each(pages)('%s', (path) => {
  test('links to files and headings that exist', () => {
    const missing = linksIn(proseOf(path)).filter((target) => {
      const [file = '', heading] = target.split('#');
      const named = file === '' ? path : join(dirname(path), file);
      return !existsSync(join(root, named)) || (heading !== undefined && !headingsIn(named).has(heading));
    });
    expect(missing).toEqual([]);
  });

  test('names paths that exist', () => {
    const named = [...read(path).matchAll(inTree)].map(([found]) => found);
    expect(named.filter((found) => !existsSync(join(root, found)))).toEqual([]);
  });

  test('shows commands about projects and items of the example', () => {
    const blocks = [...read(path).matchAll(/```[\s\S]*?```/g)].map(([block]) => block).join('\n');
    const commands = [
      ...blocks.matchAll(
        /topout (?:-- )?(?:log|show|journal|changes|series) ([a-z][a-z0-9-]+)(?: ([a-z][a-z0-9-]+))?/g,
      ),
    ].map(([, project = '', item]) => ({ project, item }));
    const addresses = [...blocks.matchAll(/127\.0\.0\.1:3000\/projects\/([a-z0-9-]+)/g)].map(
      ([, project = '']) => ({ project, item: undefined }),
    );
    const missing = [...commands, ...addresses].filter(
      ({ project, item }) =>
        !projects.has(project) || (item !== undefined && !itemsOf(project).includes(item)),
    );
    expect(missing).toEqual([]);
  });
});

describe('README.md', () => {
  const readme = read('README.md');

  test('begins with the two commands, and has at most a hundred lines', () => {
    const lines = readme.split('\n');
    const first = lines.findIndex((line) => line.startsWith('npm start'));
    expect(lines[first + 1]).toMatch(/^npm test/);
    expect(first).toBeLessThan(12);
    expect(lines.length).toBeLessThanOrEqual(100);
  });

  test('has the architecture as its second link', () => {
    expect(linksIn(readme)[1]).toBe('docs/architecture.md');
  });

  test('leads to every page of docs', () => {
    const reached = new Set(linksIn(readme).map((target) => target.replace(/#.*/, '')));
    for (const page of [...reached].filter((target) => /^docs\/[\w-]+\.md$/.test(target)))
      for (const target of linksIn(proseOf(page))) reached.add(join('docs', target.replace(/#.*/, '')));
    expect(pages.filter((page) => /^docs\/[\w-]+\.md$/.test(page) && !reached.has(page))).toEqual([]);
  });

  test('names the business day of the example', () => {
    expect(readme).toContain(district.businessDay);
  });
});

describe('The index of decisions', () => {
  const index = 'docs/decisions/README.md';
  const records = globSync('docs/decisions/0*.md', { cwd: root }).sort();
  const listed = [...proseOf(index).matchAll(/\[(\d{4} [^\]]+)\]\(([^)]+)\)/g)].map(
    ([, title = '', file = '']) => ({ title, file: join('docs/decisions', file) }),
  );

  test('lists every record once, by its title', () => {
    const titles = records.map((file) => ({ title: read(file).split('\n')[0]?.slice(2), file }));
    expect(listed.toSorted((a, b) => (a.file < b.file ? -1 : 1))).toEqual(titles);
  });

  test('explains every number that has no record', () => {
    const numbers = records.map((file) => Number(/\d{4}/.exec(file)?.[0]));
    const all = Array.from({ length: Math.max(...numbers) }, (_, index) => index + 1);
    const [, explained = ''] = read(index).split('## Numbers without a record');
    expect([...explained.matchAll(/\b\d{4}\b/g)].map(Number)).toEqual(
      all.filter((number) => !numbers.includes(number)),
    );
  });

  test('knows every number that the code or a page refers to', () => {
    const numbers = new Set(records.map((file) => /\d{4}/.exec(file)?.[0]));
    const sources = globSync('{domain,projections,src,web,test,bench,proofs}/**/*.{ts,tsx}', { cwd: root });
    const referred = [...sources, ...pages].flatMap((path) =>
      [...read(path).matchAll(/(?:decisions\/|\brecord |\bdecision )(\d{4})\b/g)].map(([, number]) => number),
    );
    expect(referred.filter((number) => !numbers.has(number))).toEqual([]);
  });
});
