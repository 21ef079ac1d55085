// Who may import whom: the table "Where things live" of the design, one rule a row.
// Every rule needs a violation in scripts/directions.mjs that proves it can fail.
const ours = '^(domain|src|projections|web|test|bench|proofs|scripts)/';
const top = '^src/(composition/|start/|maintenance/|vault/|main\\.ts$)';

/** What the page knows of the answers of the API: their types, which are gone once it is built. */
const answerTypes =
  '^src/(app/(access/access|queries/asked|queries/log-page|topout|alerts/alerts|governance/governance)|http/(alert-stream/frames|answers/(language|self)|page/(first-answers|first-drawing)|routes/(import-lines|read-table)))\\.ts$';

function mayImportOurs(name, from, ...places) {
  return { name, severity: 'error', from: { path: from }, to: { path: ours, pathNot: places } };
}

export default {
  forbidden: [
    {
      name: 'domain-imports-only-itself',
      severity: 'error',
      from: { path: '^domain/' },
      to: { pathNot: '^domain/' },
    },
    {
      name: 'projections-import-only-themselves-and-the-domain',
      severity: 'error',
      from: { path: '^projections/' },
      to: { pathNot: ['^projections/', '^domain/'] },
    },
    mayImportOurs(
      'event-store-imports-only-the-domain',
      '^src/event-store/',
      '^src/event-store/',
      '^domain/',
    ),
    {
      name: 'the-store-port-knows-no-adapter',
      severity: 'error',
      from: { path: '^src/event-store/[^/]+$' },
      to: { path: '^src/event-store/[^/]+/' },
    },
    {
      name: 'sqlite-knows-no-cluster',
      severity: 'error',
      from: { path: '^src/event-store/sqlite/' },
      to: { path: '^src/event-store/eventstoredb/' },
    },
    {
      name: 'the-cluster-knows-no-sqlite',
      severity: 'error',
      from: { path: '^src/event-store/eventstoredb/' },
      to: { path: '^src/event-store/sqlite/' },
    },
    mayImportOurs('the-ledger-imports-only-the-domain', '^src/ledger/', '^src/ledger/', '^domain/'),
    mayImportOurs(
      'channels-import-only-domain-and-projections',
      '^src/channels/',
      '^src/channels/',
      '^domain/',
      '^projections/',
    ),
    mayImportOurs(
      'oidc-imports-only-its-port',
      '^src/oidc/',
      '^src/oidc/',
      '^src/app/access/identity-provider\\.ts$',
    ),
    mayImportOurs(
      'app-imports-only-domain-projections-and-ports',
      '^src/app/',
      '^src/app/',
      '^domain/',
      '^projections/',
      '^src/event-store/(event-store|errors)\\.ts$',
      '^src/channels/(channel|notice)\\.ts$',
      '^src/ledger/',
    ),
    {
      name: 'app-knows-no-framework',
      severity: 'error',
      from: { path: '^src/app/' },
      to: { path: '(^|/)(@nestjs|class-[^/]+|@?fastify)(/|$)' },
    },
    mayImportOurs(
      'http-imports-only-app-domain-and-projections',
      '^src/http/',
      '^src/http/',
      '^src/app/',
      '^domain/',
      '^projections/',
      '^src/ledger/',
    ),
    mayImportOurs(
      'cli-imports-no-adapter',
      '^src/cli/',
      '^src/cli/',
      '^src/app/',
      '^src/ledger/',
      '^src/http/',
      '^domain/',
      '^projections/',
      top,
    ),
    mayImportOurs(
      'web-imports-only-projections-domain-and-answers',
      '^web/',
      '^web/',
      '^projections/',
      '^domain/',
      answerTypes,
    ),
    {
      name: 'web-knows-answers-only-as-types',
      severity: 'error',
      from: { path: '^web/' },
      to: { path: answerTypes, dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'web-uses-nothing-of-node',
      severity: 'error',
      from: { path: '^web/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'nobody-imports-web',
      severity: 'error',
      from: { pathNot: '^(web|test)/' },
      to: { path: '^web/' },
    },
    {
      name: 'compose-start-and-main-are-the-top',
      severity: 'error',
      from: { pathNot: [top, '^src/cli/', '^(test|bench|proofs)/'] },
      to: { path: top },
    },
    {
      name: 'composition-imports-no-maintenance',
      severity: 'error',
      from: { path: '^src/composition/' },
      to: { path: '^src/maintenance/' },
    },
    // All that works on a store takes longer to load than most commands to run.
    {
      name: 'the-terminal-loads-maintenance-where-it-is-used',
      severity: 'error',
      from: { path: '^src/cli/', pathNot: '^src/cli/commands/store/told-failure\\.ts$' },
      to: {
        path: '^src/maintenance/',
        pathNot: '^src/maintenance/(anchor|stated-authors)\\.ts$',
        dependencyTypesNot: ['type-only', 'dynamic-import'],
      },
    },
    {
      name: 'only-tests-import-tests',
      severity: 'error',
      from: { pathNot: '^(test|bench|proofs)/' },
      to: { path: '^test/' },
    },
    {
      name: 'bench-and-proofs-import-only-support-of-tests',
      severity: 'error',
      from: { path: '^(bench|proofs)/' },
      to: { path: '^test/', pathNot: '^test/(support|stand-in)/' },
    },
    {
      name: 'only-bench-proofs-and-tests-import-bench',
      severity: 'error',
      from: { pathNot: '^(test|bench|proofs)/' },
      to: { path: '^bench/' },
    },
    {
      name: 'only-proofs-and-tests-import-proofs',
      severity: 'error',
      from: { pathNot: '^(test|proofs)/' },
      to: { path: '^proofs/' },
    },
    {
      name: 'values-import-only-values',
      severity: 'error',
      from: { path: '^domain/values/' },
      to: { pathNot: '^domain/values/' },
    },
    {
      name: 'the-ledger-is-pure',
      severity: 'error',
      from: { path: '^src/ledger/' },
      to: { pathNot: ['^src/ledger/', '^domain/', '^(node:)?crypto$'] },
    },
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-cycles-between-folders',
      severity: 'error',
      scope: 'folder',
      from: { path: '^(domain|projections)/' },
      to: { circular: true },
    },
  ],
  options: {
    // Type-only imports are directions too.
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'node', 'default'],
    },
  },
};
