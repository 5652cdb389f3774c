import { RestartPolicy } from './restart-policy.js';

const pauses = (policy: RestartPolicy, times: readonly number[]) =>
  times.map((time) => policy.pauseAfterDeath(time));

describe('the restart policy', () => {
  it('pauses twice as long after each death, up to a bound, and then gives up', () => {
    const times = Array.from({ length: 11 }, (_, index) => index * 5_000);
    expect(pauses(new RestartPolicy(), times)).toEqual([
      100,
      200,
      400,
      800,
      1_600,
      3_200,
      5_000,
      5_000,
      5_000,
      5_000,
      undefined,
    ]);
  });

  it('forgets a death after a minute', () => {
    expect(pauses(new RestartPolicy(), [0, 59_999, 60_000])).toEqual([100, 200, 200]);
    const rare = Array.from({ length: 50 }, (_, index) => index * 60_000);
    expect(new Set(pauses(new RestartPolicy(), rare))).toEqual(new Set([100]));
  });
});
