// Plain words: finds private language in comments, documents, titles of tests, texts and names.
// Before it reads the tree it proves on planted lines that it finds each word and leaves ordinary sentences alone.
import { globSync, readFileSync } from 'node:fs';
import { matchesGlob } from 'node:path';
import ts from 'typescript';
import { inRoot } from './ensure.mjs';
import { allowed, words } from './words-list.mjs';

const trees = '{domain,src,projections,web,test,bench,proofs,scripts,docs,deploy,examples}';
const patterns = [`${trees}/**/*.{ts,tsx,mjs,cjs,md}`, '*.{md,ts,js}'];
const itself = ['scripts/words.mjs', 'scripts/words-list.mjs'];

/** First words of a title that are names, although they look like the beginning of a sentence. */
const names =
  /^(Tengjun|Chinese|Chromium|Docker|English|Linux|Node|Topout|Windows|Markdown|Jest|Nest|Ctrl-C|Enter|Tab)\b/;

const ordinary = [
  '// Re-evaluates the projects that are due today.',
  '// The caller gets the error; the next call folds again.',
  '// The stand-in server stands for a cluster. It has a bench of its own.',
  '/** Returns the answers of the service, newest first. */',
  "test('a roof capped twice is recorded once', () => {});",
  "test('SQLite reopens its file', () => {});",
  'const planeCount = landscape.length;',
];
const titles = [
  "test('it should be recorded', () => {});",
  "test('The roof is recorded', () => {});",
  "it.each(days)('an entry of %s.', () => {});",
];

const mistakes = [];
const counts = new Map();
for (const { write, bad, name } of words) {
  for (const sentence of [bad].flat()) {
    if (!found('planted.ts', `// ${sentence}`)) mistakes.push(`canary: not found: ${sentence}`);
    if (!found('planted.md', sentence)) mistakes.push(`canary: not found in a document: ${sentence}`);
    if (!found('planted.ts', `say(\`${sentence}\`)`))
      mistakes.push(`canary: not found in a text: ${sentence}`);
  }
  if (name && !found('planted.ts', `const ${name} = 1;`)) mistakes.push(`canary: not found: ${name}`);
  if (!write) mistakes.push(`canary: nothing to write instead of: ${bad}`);
}
for (const line of titles) if (!found('planted.spec.ts', line)) mistakes.push(`canary: not found: ${line}`);
for (const line of ordinary) {
  const seen = findings('planted.spec.ts', line);
  if (seen.length > 0) mistakes.push(`canary: refused, and is ordinary: ${line} (${seen[0].seen})`);
}

const files = globSync(patterns, { cwd: inRoot() }).filter((file) => !itself.includes(file));
const used = new Set();
for (const file of files) {
  for (const { line, seen, write, word } of findings(file, readFileSync(inRoot(file), 'utf8'))) {
    counts.set(word, (counts.get(word) ?? 0) + 1);
    const exempt = allowed.find(
      (one) => matchesGlob(file, one.files) && (!one.words || one.words.includes(word)),
    );
    if (exempt) used.add(exempt);
    else mistakes.push(`${file}:${line}: seen "${seen}", write ${write}`);
  }
}
for (const one of allowed) {
  if (!used.has(one) && !one.pending)
    mistakes.push(`scripts/words-list.mjs: ${one.files} needs no exemption any more`);
}
if (process.argv.includes('--count')) console.table(Object.fromEntries(counts));
for (const mistake of mistakes) console.error(mistake);
if (mistakes.length === 0)
  console.log(`${files.length} files use plain words; ${words.length} others were planted and found`);
process.exit(mistakes.length > 0 ? 1 : 0);

function found(file, text) {
  return findings(file, text).length > 0;
}

/** What is seen in a file, with its line and what to write instead. */
function findings(file, text) {
  const parts = file.endsWith('.md') ? partsOfDocument(text) : partsOfProgram(file, text);
  parts.push({ kind: 'name', pos: 0, text: file.replace(/\.\w+$/, '') });
  const seen = [];
  for (const part of parts) {
    for (const word of words) {
      if (part.kind === 'name' && !word.name) continue;
      if (word.only && word.only !== part.kind) continue;
      const pattern = part.kind === 'name' ? word.inName : word.pattern;
      for (const match of textOf(part).matchAll(pattern)) {
        add(part.pos + match.index, match[0], word.write, word.id);
      }
    }
    if (part.kind === 'title') {
      const wrong = wrongTitle(part.text.slice(1, -1));
      if (wrong) add(part.pos, part.text, wrong, 'title');
    }
  }
  return seen;

  function add(pos, match, write, word) {
    const line = text.slice(0, pos).split('\n').length;
    seen.push({ line, seen: match.replace(/\s+/g, ' '), write, word });
  }
}

/** A name as words with spaces around, so that one pattern finds `laneOf`, `openLane` and `lane-of`. */
function textOf({ kind, text }) {
  if (kind !== 'name') return text;
  return ` ${text.replace(/([a-z0-9])([A-Z])/g, '$1 $2').replace(/[-_/.]/g, ' ')} `;
}

function wrongTitle(title) {
  if (/\bshould\b/i.test(title)) return 'what is so: the indicative, without "should"';
  if (/\.$/.test(title)) return 'the title without a full stop';
  const isName = /^[A-Z]+[^a-z]|^[A-Z]\S*[A-Z0-9_(]/.test(title) || names.test(title);
  if (/^[A-Z][a-z]/.test(title) && !isName) return 'a title that begins with a small letter or a name';
  return undefined;
}

/** The prose of a document, without its code. */
function partsOfDocument(text) {
  const blank = (code) => code.replace(/[^\n]/g, ' ');
  return [
    {
      kind: 'document',
      pos: 0,
      text: text.replace(/^( *)(```|~~~)[\s\S]*?^\1\2/gm, blank).replace(/`[^`\n]*`/g, blank),
    },
  ];
}

/** Comments, texts of more than one word, titles of tests and names that a program declares or uses. */
function partsOfProgram(file, text) {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const parts = [];
  const literals = [];
  visit(source);
  literals.sort((a, b) => a.pos - b.pos);
  return parts.concat(commentsOutside(literals, text));

  function visit(node) {
    if (ts.isIdentifier(node)) parts.push({ kind: 'name', pos: node.getStart(), text: node.text });
    if (isLiteral(node)) {
      const pos = ts.isJsxText(node) ? node.pos : node.getStart();
      literals.push({ pos, end: node.end });
      const isTitle = isTitleOf(node.parent, node);
      if (isTitle || (/\S\s\S/.test(node.text ?? '') && !ts.isRegularExpressionLiteral(node)))
        parts.push({ kind: isTitle ? 'title' : 'text', pos, text: text.slice(pos, node.end) });
    }
    ts.forEachChild(node, visit);
  }
}

function isLiteral(node) {
  return (
    ts.isStringLiteralLike(node) ||
    ts.isJsxText(node) ||
    ts.isRegularExpressionLiteral(node) ||
    ts.isTemplateHead(node) ||
    ts.isTemplateMiddleOrTemplateTail(node)
  );
}

/** True for the first argument of `test` and `it`, also after `.each(...)`. */
function isTitleOf(parent, node) {
  if (!parent || !ts.isCallExpression(parent) || parent.arguments[0] !== node) return false;
  return /^(test|it)\b(?!\.(step|use|info)\b)/.test(parent.expression.getText());
}

function commentsOutside(literals, text) {
  const comments = [];
  const comment = /\/\/[^\n]*|\/\*[\s\S]*?\*\//g;
  let next = 0;
  for (let match = comment.exec(text); match; match = comment.exec(text)) {
    while (next < literals.length && literals[next].end <= match.index) next++;
    const literal = literals[next];
    if (literal && literal.pos <= match.index) comment.lastIndex = literal.end;
    else comments.push({ kind: 'comment', pos: match.index, text: match[0] });
  }
  return comments;
}
