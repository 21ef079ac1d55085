// Checks the import directions, and first that every rule reports a planted violation of it.
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { cruise } from 'dependency-cruiser';
import extractTSConfig from 'dependency-cruiser/config-utl/extract-ts-config';
import rules from '../.dependency-cruiser.mjs';
import { inRoot } from './ensure.mjs';

const { forbidden, options } = rules;
const places = ['domain', 'src', 'projections', 'web', 'test', 'bench', 'proofs'];

/** By rule: the files that may not import, each with what it imports, as types or `whole`; relative to the top folder. */
const violations = {
  'domain-imports-only-itself': {
    'domain/npm.ts': 'uuid',
    'domain/builtin.ts': 'node:fs',
    'domain/upward.ts': 'projections/plain',
  },
  'projections-import-only-themselves-and-the-domain': {
    'projections/npm.ts': 'uuid',
    'projections/builtin.ts': 'node:fs',
    'projections/upward.ts': 'src/app/plain',
  },
  'event-store-imports-only-the-domain': { 'src/event-store/upward.ts': 'src/app/plain' },
  'the-ledger-imports-only-the-domain': { 'src/ledger/to-app.ts': 'src/app/plain' },
  'channels-import-only-domain-and-projections': { 'src/channels/inward.ts': 'src/app/plain' },
  'oidc-imports-only-its-port': { 'src/oidc/inward.ts': 'src/app/plain' },
  'app-imports-only-domain-projections-and-ports': {
    'src/app/to-adapter.ts': 'src/event-store/sqlite/sqlite',
    'src/app/to-webhook.ts': 'src/channels/webhook',
    'src/app/upward.ts': 'src/http/plain',
  },
  'app-knows-no-framework': {
    'src/app/nest.ts': '@nestjs/common',
    'src/app/validator.ts': 'class-validator',
    'src/app/fastify.ts': 'fastify',
  },
  'http-imports-only-app-domain-and-projections': { 'src/http/to-store.ts': 'src/event-store/event-store' },
  'cli-imports-no-adapter': { 'src/cli/to-adapter.ts': 'src/event-store/sqlite/sqlite' },
  'web-imports-only-projections-domain-and-answers': { 'web/to-app.ts': 'src/app/plain' },
  'web-knows-answers-only-as-types': { 'web/to-value.ts': { whole: 'src/app/topout' } },
  'web-uses-nothing-of-node': { 'web/to-node.ts': 'node:fs' },
  'nobody-imports-web': { 'src/to-web.ts': 'web/plain', 'bench/to-web.ts': 'web/plain' },
  'compose-start-and-main-are-the-top': {
    'src/to-compose.ts': 'src/composition/compose',
    'src/to-main.ts': 'src/main',
  },
  'composition-imports-no-maintenance': { 'src/composition/to-maintenance.ts': 'src/maintenance/plain' },
  'the-terminal-loads-maintenance-where-it-is-used': {
    'src/cli/to-maintenance.ts': { whole: 'src/maintenance/plain' },
  },
  'only-tests-import-tests': { 'src/to-test.ts': 'test/support/plain' },
  'the-store-port-knows-no-adapter': { 'src/event-store/to-adapter.ts': 'src/event-store/sqlite/sqlite' },
  'sqlite-knows-no-cluster': { 'src/event-store/sqlite/to-cluster.ts': 'src/event-store/eventstoredb/plain' },
  'the-cluster-knows-no-sqlite': {
    'src/event-store/eventstoredb/to-sqlite.ts': 'src/event-store/sqlite/sqlite',
  },
  'bench-and-proofs-import-only-support-of-tests': {
    'bench/to-spec.ts': 'test/plain',
    'proofs/to-spec.ts': 'test/plain',
  },
  'only-bench-proofs-and-tests-import-bench': { 'src/to-bench.ts': 'bench/plain' },
  'only-proofs-and-tests-import-proofs': {
    'src/to-proof.ts': 'proofs/plain',
    'bench/to-proof.ts': 'proofs/plain',
  },
  'values-import-only-values': { 'domain/values/outward.ts': 'domain/plain' },
  'the-ledger-is-pure': {
    'src/ledger/to-app.ts': 'src/app/plain',
    'src/ledger/npm.ts': 'uuid',
    'src/ledger/builtin.ts': 'node:fs',
  },
  'no-cycles': { 'domain/round.ts': 'domain/round' },
  'no-cycles-between-folders': {
    'projections/one/there.ts': 'projections/other/plain',
    'projections/other/back.ts': 'projections/one/plain',
  },
};

/** What the table allows and a rule drawn too wide would report. */
const allowed = {
  'projections/to-domain.ts': 'domain/plain',
  'src/event-store/to-domain.ts': 'domain/plain',
  'src/event-store/to-driver.ts': 'node:sqlite',
  'src/channels/to-words.ts': 'projections/plain',
  'src/app/to-channel.ts': 'src/channels/channel',
  'src/app/to-notice.ts': 'src/channels/notice',
  'src/app/to-projections.ts': 'projections/plain',
  'src/app/to-port.ts': 'src/event-store/event-store',
  'src/app/to-ledger.ts': 'src/ledger/plain',
  'src/cli/to-ledger.ts': 'src/ledger/plain',
  'src/http/to-ledger.ts': 'src/ledger/plain',
  'src/ledger/to-domain.ts': 'domain/plain',
  'src/http/to-app.ts': 'src/app/plain',
  'src/http/to-nest.ts': '@nestjs/common',
  'src/cli/to-compose.ts': 'src/composition/compose',
  'src/cli/to-types.ts': 'src/maintenance/plain',
  'src/cli/to-dto.ts': 'src/http/plain',
  'src/main.ts': 'src/composition/compose',
  'src/composition/compose.ts': 'src/event-store/sqlite/sqlite',
  'web/to-projections.ts': 'projections/plain',
  'web/to-answers.ts': 'src/app/topout',
  'test/to-web.ts': 'web/plain',
  'test/to-adapter.ts': 'src/event-store/sqlite/sqlite',
  'bench/to-support.ts': 'test/support/plain',
  'proofs/to-stand-in.ts': 'test/stand-in/plain',
  'proofs/to-bench.ts': 'bench/plain',
  'src/event-store/sqlite/to-port.ts': 'src/event-store/event-store',
};

const mistakes = [...(await canary()), ...(await check())];
for (const mistake of mistakes) console.error(mistake);
if (mistakes.length === 0) console.log(`${forbidden.length} rules hold, and each was seen to fail`);
process.exit(mistakes.length > 0 ? 1 : 0);

async function check() {
  const present = readdirSync(inRoot(), { withFileTypes: true }).map((entry) => entry.name);
  const folders = places.filter((place) => present.includes(place));
  const { modules, summary } = await directions(inRoot(), folders);
  const files = modules.filter(({ source }) => folders.includes(source.split('/')[0]));
  if (files.length === 0) return ['no file of domain, src, projections, web, test, bench or proofs was read'];
  const unresolved = files.flatMap((file) =>
    file.dependencies
      .filter((to) => to.couldNotResolve)
      .map((to) => `${file.source}: cannot find ${to.module}`),
  );
  const wrong = summary.violations.map(({ rule, from, to, cycle }) => {
    return `${rule.name}: ${[from, ...(cycle?.map(({ name }) => name) ?? [to])].join(' -> ')}`;
  });
  return [...unresolved, ...wrong];
}

async function canary() {
  mkdirSync(inRoot('.build'), { recursive: true });
  const folder = mkdtempSync(inRoot('.build/directions-'));
  try {
    const plain = [
      'projections',
      'projections/one',
      'projections/other',
      'src/app',
      'src/ledger',
      'src/maintenance',
      'domain',
      'src/http',
      'web',
      'test',
      'test/support',
      'test/stand-in',
      'src/event-store/eventstoredb',
      'proofs',
      'bench',
    ];
    for (const place of plain) plant(folder, `${place}/plain.ts`);
    const ports = [
      'src/app/topout.ts',
      'src/event-store/event-store.ts',
      'src/channels/channel.ts',
      'src/channels/notice.ts',
    ];
    for (const file of [...ports, 'src/event-store/sqlite/sqlite.ts', 'src/channels/webhook.ts'])
      plant(folder, file);
    for (const imports of [allowed, ...Object.values(violations)]) {
      for (const [file, target] of Object.entries(imports)) plant(folder, file, target);
    }
    const { summary } = await directions(folder, places);
    const found = summary.violations.map(({ rule, from }) => `${rule.name} by ${from}`);
    const planted = forbidden.flatMap(({ name, scope }) => {
      const files = Object.keys(violations[name] ?? {}).map((file) =>
        scope === 'folder' ? dirname(file) : file,
      );
      return files.length > 0
        ? files.map((file) => `${name} by ${file}`)
        : [`${name} by a file not yet planted`];
    });
    return [
      ...planted.filter((one) => !found.includes(one)).map((one) => `canary: ${one} went unreported`),
      ...found
        .filter((one) => !planted.includes(one))
        .map((one) => `canary: ${one} was reported, and is allowed`),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function plant(folder, file, target) {
  const up = '../'.repeat(file.split('/').length - 1);
  const path = target?.whole ?? target;
  const isOurs = places.includes(path?.split('/')[0]);
  const imported = isOurs ? `${up}${path}.js` : path;
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(
    join(folder, file),
    target
      ? `import ${target.whole ? '{ plain }' : 'type {}'} from '${imported}';\n`
      : 'export const plain = 1;\n',
  );
}

async function directions(baseDir, folders) {
  const ruleSet = { forbidden };
  const tsConfig = extractTSConfig(inRoot('tsconfig.json'));
  const { output } = await cruise(folders, { ...options, baseDir, ruleSet, validate: true }, undefined, {
    tsConfig,
  });
  return output;
}
