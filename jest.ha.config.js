// The loss of a node of a replicated database, on real processes: npm run test:ha
import base from './jest.config.js';

const e2e = base.projects.find(({ displayName }) => displayName === 'e2e');

export default {
  testTimeout: 120_000,
  projects: [
    {
      ...e2e,
      displayName: 'ha',
      testMatch: ['**/*.ha-spec.ts'],
      globalSetup: '<rootDir>/test/ha/support/global-setup.mjs',
      globalTeardown: '<rootDir>/test/ha/support/global-teardown.mjs',
    },
  ],
};
