// What must hold through a PgBouncer in transaction mode, too: npm run test:pgbouncer
import base from './jest.config.js';

const { testTimeout, maxWorkers, projects } = base;
const e2e = projects.find(({ displayName }) => displayName === 'e2e');

const SUITES = [
  'account-*',
  'audit',
  'expired-rows',
  'personal-*',
  'rate-limits',
  'user-address',
  'verification-codes',
];

export default {
  testTimeout,
  maxWorkers,
  projects: [
    {
      ...e2e,
      displayName: 'pgbouncer',
      testMatch: ['**/*.pgbouncer-spec.ts', ...SUITES.map((name) => `**/${name}.e2e-spec.ts`)],
      testPathIgnorePatterns: ['property'],
      globalSetup: '<rootDir>/test/support/pgbouncer-setup.mjs',
      globalTeardown: '<rootDir>/test/support/pgbouncer-teardown.mjs',
    },
  ],
};
