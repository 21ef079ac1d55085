// Prints what the layout of a commit, or of this tree, measures: `node scripts/counts.mjs [REF]`.
import { builtCommit, builtTree } from './compare/builds.mjs';
import { executedModules } from './counts/executed.mjs';
import { filesByFolder, imports, lines, longFiles, unusedExports } from './counts/tree.mjs';

const places = ['domain', 'projections', 'src', 'web'];
/** A folder with more files side by side than this is marked. */
const mostFiles = 20;
const mostLines = 250;

const [ref] = process.argv.slice(2);
const build = ref ? await builtCommit(ref) : await builtTree();
console.log(`Counts of ${build.name}`);

const folders = filesByFolder(build.folder, places);
const wide = folders.filter(({ count }) => count > mostFiles);
table(`Files by folder (above ${mostFiles} marked: ${wide.length})`, [
  ...folders.map(({ folder, count }) => [folder, count, count > mostFiles ? '<' : '']),
]);

const topLevel = (file) => file.split('/')[0];
const room = (file) =>
  file.startsWith('src/')
    ? file
        .split('/')
        .slice(0, 2)
        .join('/')
        .replace(/\.\w+$/, '')
    : undefined;
for (const [heading, folderOf] of [
  ['Imports between top-level folders', topLevel],
  ['Imports between rooms of src', room],
]) {
  const { arrows, back, circles } = imports(build.folder, places, folderOf);
  table(`${heading} (pairs with an arrow back: ${back.length}; circles: ${circles.length})`, [
    ...arrows.map(({ from, to, count }) => [`${from} -> ${to}`, count]),
    ...back.map(({ from, to }) => [`${from} <-> ${to}`, 'back']),
    ...circles.map((circle) => [circle.join(', '), 'circle']),
  ]);
}

const byPlace = places.map((place) => [place, lines(build.folder, place)]);
table('Lines of TypeScript', [...byPlace, ['together', byPlace.reduce((sum, [, count]) => sum + count, 0)]]);
table(`Files above ${mostLines} lines`, longFiles(build.folder, [...places, 'scripts'], mostLines));

const unused = unusedExports(build.folder);
table(`Exports that no other file imports: ${unused.length}`, unused);

for (const [heading, modules] of Object.entries(await executedModules(build)))
  table(
    `${heading}: ${modules.length} modules`,
    modules.map((module) => [module]),
  );

function table(heading, rows) {
  console.log(`\n${heading}`);
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => String(row[column]).length)),
  );
  for (const row of rows)
    console.log(
      `  ${row
        .map((cell, column) =>
          typeof cell === 'number' ? String(cell).padStart(widths[column]) : cell.padEnd(widths[column]),
        )
        .join('  ')
        .trimEnd()}`,
    );
}
