// Every kind of test is a project; the npm scripts name those that they run, with their time limits.
import { fileURLToPath } from 'node:url';

const rootDir = fileURLToPath(new URL('..', import.meta.url));

const common = {
  rootDir,
  roots: ['<rootDir>/test'],
  testEnvironment: '<rootDir>/test/support/logged-errors-environment.mjs',
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '^.+\\.ts$': ['ts-jest', { useESM: true, tsconfig: { isolatedModules: true } }] },
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
};

/**
 * Set-up and tear-down of a whole run.
 *
 * @param {string} folder of test/
 */
const around = (folder, before = 'global-setup', after = 'global-teardown') => ({
  globalSetup: `<rootDir>/test/${folder}/${before}.mjs`,
  globalTeardown: `<rootDir>/test/${folder}/${after}.mjs`,
});

/**
 * The end-to-end tests that must pass through a PgBouncer as well: those of transactions, locks and
 * every kind of statement. What is refused before a statement is sent is the same through a pooler.
 */
const THROUGH_A_POOLER = [
  'account-binding',
  'account-login',
  'account-registration',
  'account-safety',
  'audit',
  'durable-events',
  'expired-rows',
  'personal-changes',
  'personal-index',
  'personal-save',
  'user-address',
].map((name) => `**/${name}.e2e-spec.ts`);

export default {
  rootDir,
  maxWorkers: 2,
  testSequencer: '<rootDir>/test/support/slowest-first.cjs',
  projects: [
    {
      ...common,
      displayName: 'unit',
      roots: ['<rootDir>/src', '<rootDir>/test'],
      testMatch: ['**/*.spec.ts'],
    },
    {
      ...common,
      ...around('support'),
      displayName: 'e2e',
      testMatch: ['**/*.e2e-spec.ts'],
    },
    {
      // Needs TEST_REDIS_URL.
      ...common,
      ...around('support'),
      displayName: 'redis',
      testMatch: ['**/*.redis-spec.ts'],
    },
    {
      // A PgBouncer in transaction mode stands in front of the server.
      ...common,
      ...around('support', 'pgbouncer-setup', 'pgbouncer-teardown'),
      displayName: 'pgbouncer',
      testMatch: ['**/*.pgbouncer-spec.ts', ...THROUGH_A_POOLER],
    },
    {
      // Attacks, random requests and failing neighbours, on real processes.
      ...common,
      ...around('faults/support'),
      displayName: 'faults',
      testMatch: ['**/*.fault-spec.ts'],
    },
    {
      // The loss of a node of a replicated database, on real processes.
      ...common,
      ...around('ha/support'),
      displayName: 'ha',
      testMatch: ['**/*.ha-spec.ts'],
    },
    {
      // The contents of deploy/, with Debian's nginx, kubectl and systemd-analyze.
      ...common,
      ...around('support'),
      displayName: 'deploy',
      testMatch: ['**/*.deploy-spec.ts'],
    },
    {
      // Breaks every rule of the house once and expects its check to fail.
      ...common,
      displayName: 'rules',
      testMatch: ['**/*.rule-spec.ts'],
    },
  ],
};
