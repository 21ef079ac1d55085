import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Rolldown } from 'vite';

type Graph = Pick<Rolldown.PluginContext, 'getModuleInfo'>;

const inWeb = (path: string) => fileURLToPath(new URL(`../web/${path}`, import.meta.url));

/** Where that begins which is loaded as a whole. */
const roots = {
  docs: inWeb('docs/main.ts'),
  log: inWeb('log/main.tsx'),
  office: inWeb('office/main.tsx'),
  district: inWeb('office/district/district.tsx'),
};
type Root = keyof typeof roots;

const names = Object.keys(roots) as Root[];

/** The modules of each root: what it imports, other than on demand. */
let modules: ReadonlyMap<Root, ReadonlySet<string>> | undefined;

/**
 * One script for what is loaded together anyway, so that the first screen loads a few and not a hundred. A group takes
 * what those before it have left, with all that it imports.
 */
export const scriptGroups: Rolldown.CodeSplittingGroup[] = [
  group('shared-with-docs', (by) => by.has('docs') && by.size > 1),
  group('shared', (by) => by.has('log') && by.size > 1),
  group('office', (by) => by.has('office')),
  group('district', (by) => by.has('district')),
].map((one, index, { length }) => ({ ...one, priority: length - index }));

/** The modules for which a condition on the roots that import them holds. */
function group(name: string, isIn: (importedBy: ReadonlySet<Root>) => boolean): Rolldown.CodeSplittingGroup {
  return {
    debugName: name,
    name: (module, graph) => (isIn(importersOf(module, graph)) ? name : null),
  };
}

/** The roots that import a module. A root itself stays apart, because the page is found by its file. */
function importersOf(module: string, graph: Graph): ReadonlySet<Root> {
  modules ??= new Map(names.map((root) => [root, importedFrom(roots[root], graph)]));
  const isRoot = names.some((root) => roots[root] === module);
  return new Set(isRoot ? [] : names.filter((root) => modules?.get(root)?.has(module)));
}

function importedFrom(module: string, graph: Graph, found = new Set<string>()): Set<string> {
  if (found.has(module)) return found;
  found.add(module);
  for (const imported of importsOf(module, graph)) importedFrom(imported, graph, found);
  return found;
}

/** The index of a library of components, of which every module imports a few by name. */
const index = /[\\/]node_modules[\\/]@mantine[\\/]\w+[\\/]esm[\\/]index\.mjs$/;

function importsOf(module: string, graph: Graph): string[] {
  const { importedIds = [], code } = graph.getModuleInfo(module) ?? {};
  return importedIds.flatMap((imported) => {
    if (!index.test(imported)) return [imported];
    const sources = new Map(namedIn(graph.getModuleInfo(imported)?.code));
    return namedIn(code).flatMap(([name, from]) => {
      const source = from.startsWith('@mantine/') && sources.get(name);
      return source ? [join(dirname(imported), source)] : [];
    });
  });
}

/** Each name that a module imports, with where from. */
function namedIn(code?: string | null): [name: string, from: string][] {
  return [...(code ?? '').matchAll(/\bimport\s*\{([^}]*)\}\s*from\s*["']([^"']+)["']/g)].flatMap(
    ([, names = '', from = '']) =>
      names.split(',').map((name): [string, string] => [name.trim().replace(/ as .*/, ''), from]),
  );
}
