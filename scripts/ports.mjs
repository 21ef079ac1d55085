// Clock, chance, timers, outgoing HTTP and the environment are ports: this finds direct uses of them. Before it reads
// the tree it proves on planted lines that it can find each of them.
import { globSync, readFileSync } from 'node:fs';
import ts from 'typescript';
import { inRoot } from './ensure.mjs';

const forbiddenMembers = [
  'Date.now',
  'performance.now',
  'process.hrtime',
  'Math.random',
  'crypto.randomUUID',
  'crypto.getRandomValues',
];
const forbiddenGlobals = ['setTimeout', 'setInterval', 'setImmediate', 'fetch'];
const forbiddenModules = ['timers', 'timers/promises'];
const callingModules = ['http', 'https', 'net', 'tls', 'undici', 'nodemailer'];
const forbiddenNames = ['randomUUID', 'randomBytes', 'randomInt', 'getRandomValues', 'webcrypto'];

/** Where adapters are chosen and the terminal is served; the environment is read in one file only. */
const mayUsePorts =
  /^src\/(composition\/world\.ts|start\/(start|listen|program)\.ts|maintenance\/data-folder\.ts|main\.ts|cli\/)/;
/** Channels may call out; their clock, chance and timers are still passed in. */
const mayCallOut = /^src\/channels\//;
/** The vault may generate keys. */
const mayMakeKeys = /^src\/vault\/vault\.ts$/;
const mayReadEnvironment = /^src\/composition\/settings\/config\.ts$/;

const violations = [
  'Date.now()',
  'globalThis.Date.now()',
  'const clock = Date.now;',
  'new Date()',
  'Date()',
  'Math.random()',
  'setTimeout(() => {}, 1)',
  'setInterval(() => {}, 1)',
  'setImmediate(() => {})',
  'globalThis.setTimeout(() => {}, 1)',
  "await fetch('http://localhost')",
  "await globalThis.fetch('http://localhost')",
  'const ports = { fetch };',
  'crypto.randomUUID()',
  "import { randomUUID } from 'node:crypto';",
  "import { setTimeout } from 'node:timers/promises';",
  "import { request } from 'node:http';",
  "import { connect } from 'node:net';",
  "import { Agent } from 'undici';",
  'process.env.PORT',
  'const { env } = process;',
  "import { env } from 'node:process';",
];
const allowed = [
  "new Date('2018-06-30')",
  'new Date(at).toISOString()',
  'const { stdout } = process;',
  'Date.UTC(2018, 5, 30)',
  'ports.fetch(url)',
  'const get = (fetch: typeof globalThis.fetch) => fetch(url);',
  "import { createHash } from 'node:crypto';",
  "import type { Server } from 'node:http';",
  'type Fetch = typeof fetch;',
  'interface Timers { setTimeout(work: () => void, ms: number): void }',
];

const mistakes = [];
for (const line of violations) {
  if (usesIn('src/app/planted.ts', line).length === 0) mistakes.push(`canary: not found: ${line}`);
}
for (const line of allowed) {
  if (usesIn('src/app/planted.ts', line).length > 0)
    mistakes.push(`canary: refused, and is allowed: ${line}`);
}
if (usesIn('src/composition/world.ts', 'Date.now()').length > 0)
  mistakes.push('canary: refused in src/composition/world.ts: Date.now()');
if (usesIn('src/channels/webhook.ts', "import { connect } from 'node:net';").length > 0)
  mistakes.push('canary: refused in src/channels: an import of net');
if (usesIn('src/channels/webhook.ts', 'Date.now()').length === 0)
  mistakes.push('canary: not found in src/channels: Date.now()');
if (usesIn('src/start/open-mode.ts', 'Date.now()').length === 0)
  mistakes.push('canary: not found in src/start/open-mode.ts: Date.now()');
if (usesIn('src/main.ts', 'process.env').length === 0)
  mistakes.push('canary: not found in src/main.ts: process.env');

const files = globSync('{domain,src,projections}/**/*.ts', { cwd: inRoot() });
for (const file of files) mistakes.push(...usesIn(file, readFileSync(inRoot(file), 'utf8')));
for (const mistake of mistakes) console.error(mistake);
if (mistakes.length === 0)
  console.log(`${files.length} files use their ports, and ${violations.length} planted uses were found`);
process.exit(mistakes.length > 0 ? 1 : 0);

function usesIn(file, text) {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const declared = declaredNames(source);
  const uses = [];
  visit(source);
  return uses;

  function visit(node) {
    if (ts.isTypeNode(node) || ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)) return;
    const use = environmentUse(node) ?? (mayUsePorts.test(file) ? undefined : portUse(node, declared, file));
    if (use) {
      const { line } = source.getLineAndCharacterOfPosition(node.getStart());
      uses.push(
        `${file}:${line + 1}: ${use} belongs to ${use.includes('env') ? 'src/composition/settings/config.ts' : 'a port made in src/composition/world.ts'}`,
      );
    }
    ts.forEachChild(node, visit);
  }

  function environmentUse(node) {
    if (mayReadEnvironment.test(file)) return undefined;
    if (ts.isPropertyAccessExpression(node) && nameOf(node) === 'process.env') return 'process.env';
    if (ts.isVariableDeclaration(node) && node.initializer && nameOf(node.initializer) === 'process') {
      return namesIn(node.name).find((name) => name === 'env');
    }
    if (ts.isImportDeclaration(node) && moduleOf(node) === 'process') {
      return namesIn(node.importClause?.namedBindings).find((name) => name === 'env');
    }
    return undefined;
  }
}

function portUse(node, declared, file) {
  if (ts.isPropertyAccessExpression(node)) {
    const name = nameOf(node);
    return forbiddenMembers.includes(name) || (name !== node.getText() && forbiddenGlobals.includes(name))
      ? name
      : undefined;
  }
  if (ts.isNewExpression(node) && nameOf(node.expression) === 'Date' && !node.arguments?.length)
    return 'new Date()';
  if (ts.isCallExpression(node) && nameOf(node.expression) === 'Date') return 'Date()';
  if (ts.isImportDeclaration(node) && !node.importClause?.isTypeOnly) {
    const isCalling = callingModules.includes(moduleOf(node)) && !mayCallOut.test(file) && !isHarmless(node);
    if (isCalling || forbiddenModules.includes(moduleOf(node))) return `an import of ${moduleOf(node)}`;
    return moduleOf(node) === 'crypto' && !mayMakeKeys.test(file)
      ? namesIn(node.importClause?.namedBindings).find((name) => forbiddenNames.includes(name))
      : undefined;
  }
  if (ts.isIdentifier(node) && forbiddenGlobals.includes(node.text) && !declared.has(node.text)) {
    const { parent } = node;
    const isMember = 'name' in parent && parent.name === node && !ts.isShorthandPropertyAssignment(parent);
    return isMember ? undefined : node.text;
  }
  return undefined;
}

/** Classifying an address calls nobody. */
function isHarmless(node) {
  const names = namesIn(node.importClause?.namedBindings);
  return names.length > 0 && names.every((name) => ['isIP', 'isIPv4', 'isIPv6', 'BlockList'].includes(name));
}

/** The names imported by `{ a, b as c }`: a, b. */
function namesIn(bindings) {
  return (bindings?.elements ?? []).map((one) => (one.propertyName ?? one.name).text);
}

/** The dotted name, without a leading globalThis. */
function nameOf(expression) {
  return expression
    .getText()
    .replace(/\s/g, '')
    .replace('?.', '.')
    .replace(/^globalThis\./, '');
}

function moduleOf(declaration) {
  return declaration.moduleSpecifier.text.replace(/^node:/, '');
}

/** Names a file declares itself: a port called fetch is a parameter, not the global. */
function declaredNames(source) {
  const names = new Set();
  (function visit(node) {
    if (
      (ts.isParameter(node) || ts.isVariableDeclaration(node) || ts.isBindingElement(node)) &&
      ts.isIdentifier(node.name)
    ) {
      names.add(node.name.text);
    }
    if (ts.isFunctionDeclaration(node) && node.name) names.add(node.name.text);
    ts.forEachChild(node, visit);
  })(source);
  return names;
}
