// Jest starts with the largest files while it knows no times. Those that start real processes are the
// slowest by far, so they go first: the others fit beside them.
const { default: TestSequencer } = require('@jest/test-sequencer');

const SLOWEST = /[\\/](start|crash)\.e2e-spec\.ts$/;

module.exports = class SlowestFirst extends TestSequencer {
  /**
   * @override
   * @param {Parameters<import('@jest/test-sequencer').default['sort']>[0]} tests
   */
  async sort(tests) {
    const sorted = await super.sort(tests);
    const slowest = sorted.filter(({ path }) => SLOWEST.test(path));
    return [...slowest, ...sorted.filter((test) => !slowest.includes(test))];
  }
};
