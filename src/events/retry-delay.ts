const FIRST_MS = 5_000;
const LONGEST_MS = 3_600_000;

/**
 * How long a delivery waits after so many tries: five seconds after the first, then twice as long each
 * time, up to an hour.
 */
export const retryDelayMs = (tries: number): number =>
  Math.min(FIRST_MS * 2 ** (tries - 1), LONGEST_MS);
