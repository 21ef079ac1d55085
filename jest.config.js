/** @type {import('jest').Config} */
export default {
  testEnvironment: 'node',
  // Machines that run tests are busy; what must be quick is measured by benches.
  testTimeout: 20_000,
  // Half of the suites wait for processes and timers most of their time.
  maxWorkers: '100%',
  roots: ['<rootDir>/test'],
  testRegex: '\\.spec\\.ts$',
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  setupFiles: ['<rootDir>/test/preload.mjs'],
  transform: { '^.+\\.ts$': '@swc/jest' },
  reporters: ['default', '<rootDir>/test/closing-line.reporter.mjs'],
};
