// What needs a Redis: TEST_REDIS_URL=redis://127.0.0.1:6379 npm run test:redis
import base from './jest.config.js';

const { testTimeout, projects } = base;
const e2e = projects.find(({ displayName }) => displayName === 'e2e');

export default {
  testTimeout,
  projects: [{ ...e2e, displayName: 'redis', testMatch: ['**/*.redis-spec.ts'] }],
};
