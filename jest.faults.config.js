// Attacks, random requests and failing neighbours, on real processes: npm run test:faults
import base from './jest.config.js';

const e2e = base.projects.find(({ displayName }) => displayName === 'e2e');

export default {
  testTimeout: 240_000,
  projects: [
    {
      ...e2e,
      displayName: 'faults',
      testMatch: ['**/*.fault-spec.ts'],
      globalSetup: '<rootDir>/test/faults/support/global-setup.mjs',
      globalTeardown: '<rootDir>/test/faults/support/global-teardown.mjs',
    },
  ],
};
