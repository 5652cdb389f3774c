/** Failures one after another after which calls are stopped. */
const FAILURES = 5;

/** Milliseconds until a stopped call is tried again, one at a time. */
const PAUSE_MS = 10_000;

/** Nothing was asked: the other side has just failed several times, and is left alone for a while. */
export class CircuitOpenError extends Error {
  override readonly name = 'CircuitOpenError';

  constructor() {
    super('stopped, because the calls before it failed');
  }
}

/** Stops calls to something that is away, so that callers do not wait for it one by one. */
export class Circuit {
  private failures = 0;
  private openUntil = 0;

  /** @param now a clock in milliseconds */
  constructor(private readonly now = () => performance.now()) {}

  /** @throws CircuitOpenError while it is open; what the call throws */
  async run<Result>(call: () => Promise<Result>): Promise<Result> {
    if (this.failures >= FAILURES) {
      if (this.now() < this.openUntil) throw new CircuitOpenError();
      this.openUntil = this.now() + PAUSE_MS;
    }
    try {
      const result = await call();
      this.failures = 0;
      return result;
    } catch (error) {
      this.failures += 1;
      this.openUntil = this.now() + PAUSE_MS;
      throw error;
    }
  }
}
