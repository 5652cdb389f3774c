/** Runs work, a few pieces at once, the rest in the order in which they came. */
export class Queue {
  private readonly waiting: (() => void)[] = [];

  /** @param free pieces at once */
  constructor(private free: number) {}

  /** @throws what the work throws */
  async run<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.free > 0) this.free -= 1;
    else await new Promise<void>((resolve) => this.waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = this.waiting.shift();
      // The place goes straight to who waits longest.
      if (next) next();
      else this.free += 1;
    }
  }
}
