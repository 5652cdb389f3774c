// Jest starts with the largest files while it knows no times. The one that starts real processes is
// the slowest by far, so it goes first: the others fit beside it.
const { default: TestSequencer } = require('@jest/test-sequencer');

const SLOWEST = /[\\/]start\.e2e-spec\.ts$/;

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
