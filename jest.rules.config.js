// Breaks every rule of the house once and expects its check to fail: npm run test:rules
import base from './jest.config.js';

const unit = base.projects.find(({ displayName }) => displayName === 'unit');

export default {
  testTimeout: 600_000,
  projects: [{ ...unit, displayName: 'rules', testMatch: ['**/*.rule-spec.ts'] }],
};
