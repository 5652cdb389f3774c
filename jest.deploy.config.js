// What deploy/ holds, with Debian's nginx and kubectl: npm run test:deploy
import base from './jest.config.js';

const { projects } = base;
const e2e = projects.find(({ displayName }) => displayName === 'e2e');

export default {
  testTimeout: 120_000,
  projects: [{ ...e2e, displayName: 'deploy', testMatch: ['**/*.deploy-spec.ts'] }],
};
