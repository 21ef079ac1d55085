import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const root = join(import.meta.dirname, '../..');
export const read = (path: string): string => readFileSync(join(root, path), 'utf8');

/** Every page of prose in the tree, by its path from the root. */
export const pages: readonly string[] = [
  ...globSync('*.md', { cwd: root }),
  ...globSync('{docs,examples,deploy,bench}/**/*.md', { cwd: root, exclude: ['**/node_modules/**'] }),
].sort();

/** A page without its blocks of code. */
export const proseOf = (path: string): string => read(path).replaceAll(/```[\s\S]*?```/g, '');

/** The rows of the table under a heading, cell by cell, without its head. */
export function tableUnder(path: string, heading: string): string[][] {
  const [, section = ''] = read(path).split(new RegExp(`^#+ ${heading}$`, 'm'));
  const [table = ''] = /(?:^\|.*\n)+/m.exec(section) ?? [];
  const rows = table.trim().split('\n').slice(2);
  return rows.map((row) =>
    row
      .split(/(?<!\\)\|/)
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

/** The parts of a text in backticks. */
export const codeIn = (text: string): string[] =>
  [...text.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code);

/** The addresses of the links in a text that are not of another site. */
export const linksIn = (text: string): string[] =>
  [...text.matchAll(/\]\(([^)\s]+)\)|src="([^"]+)"/g)]
    .map(([, target = '', image = '']) => target || image)
    .filter((target) => !/^[a-z]+:/.test(target));

/** The anchors that GitHub gives the headings of a page. */
export function headingsIn(path: string): Set<string> {
  const headings = [...read(path).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => heading);
  return new Set(
    headings.map((heading) =>
      heading
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N} -]/gu, '')
        .replaceAll(' ', '-'),
    ),
  );
}
