/** Deaths that are forgotten after this time. */
const WINDOW_MS = 60_000;

/** Deaths within the window that are put up with. */
const MOST_DEATHS = 10;

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 5_000;

/** When a worker that died is replaced: soon for the first in a while, ever later for more. */
export class RestartPolicy {
  private deaths: number[] = [];

  /**
   * Counts a death.
   *
   * @param now milliseconds of any clock that never goes back
   * @returns milliseconds to wait before the replacement; undefined where there were too many deaths
   */
  pauseAfterDeath(now: number): number | undefined {
    this.deaths = [...this.deaths.filter((time) => now - time < WINDOW_MS), now];
    const count = this.deaths.length;
    if (count > MOST_DEATHS) return undefined;
    return Math.min(FIRST_PAUSE_MS * 2 ** (count - 1), LONGEST_PAUSE_MS);
  }
}
