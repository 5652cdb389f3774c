// What must hold through a PgBouncer in transaction mode, too: npm run test:pgbouncer
import base from './jest.config.js';

const { testTimeout, maxWorkers, projects } = base;
const e2e = projects.find(({ displayName }) => displayName === 'e2e');

// Those of transactions, locks and every kind of statement. What is refused before a statement is
// sent, and what counts tries in loops, is the same through a pooler.
const SUITES = [
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
];

export default {
  testTimeout,
  maxWorkers,
  projects: [
    {
      ...e2e,
      displayName: 'pgbouncer',
      testMatch: ['**/*.pgbouncer-spec.ts', ...SUITES.map((name) => `**/${name}.e2e-spec.ts`)],
      globalSetup: '<rootDir>/test/support/pgbouncer-setup.mjs',
      globalTeardown: '<rootDir>/test/support/pgbouncer-teardown.mjs',
    },
  ],
};
