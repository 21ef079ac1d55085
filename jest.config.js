/** @type {import('jest').Config} */
export default {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  testRegex: '\\.spec\\.ts$',
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  setupFiles: ['<rootDir>/test/preload.mjs'],
  transform: { '^.+\\.ts$': '@swc/jest' },
  reporters: ['default', '<rootDir>/test/closing-line.reporter.mjs'],
};
