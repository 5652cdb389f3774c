/**
 * The time that a request may wait for the database, all of its waits together. It runs while at
 * least one thing is awaited, and stands still while the request does something else.
 */
export class TimeBudget {
  private awaited = 0;
  private awaitedSince = 0;
  private spentMs = 0;

  /**
   * @param limitMs milliseconds
   * @param isOver whether the request has its answer: what goes on then is nobody's to wait for
   */
  constructor(
    private readonly limitMs: number,
    private readonly isOver: () => boolean,
  ) {}

  /** Milliseconds; none or less when it is used up, without end when the request is over. */
  get leftMs(): number {
    if (this.isOver()) return Infinity;
    const running = this.awaited > 0 ? performance.now() - this.awaitedSince : 0;
    return this.limitMs - this.spentMs - running;
  }

  /** Does work while the time runs. */
  async spend<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.awaited === 0) this.awaitedSince = performance.now();
    this.awaited += 1;
    try {
      return await work();
    } finally {
      this.awaited -= 1;
      if (this.awaited === 0) this.spentMs += performance.now() - this.awaitedSince;
    }
  }
}
