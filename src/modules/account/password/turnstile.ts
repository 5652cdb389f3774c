/** Lets so many pieces of work run at once, and makes the others wait in the order they came. */
export class Turnstile {
  private running = 0;
  private readonly waiting: (() => void)[] = [];

  /**
   * @param places pieces of work at once
   * @param queueLimit pieces of work that may wait
   * @param full makes the error that the next one gets
   */
  constructor(
    private readonly places: number,
    private readonly queueLimit: number,
    private readonly full: () => Error,
  ) {}

  /** @throws what `full` makes; what the work throws */
  async run<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.running < this.places) this.running += 1;
    else await this.wait();
    try {
      return await work();
    } finally {
      this.leave();
    }
  }

  private wait(): Promise<void> {
    if (this.waiting.length >= this.queueLimit) throw this.full();
    return new Promise((resolve) => this.waiting.push(resolve));
  }

  /** Hands the place to who waits longest. */
  private leave(): void {
    const next = this.waiting.shift();
    if (next) next();
    else this.running -= 1;
  }
}
