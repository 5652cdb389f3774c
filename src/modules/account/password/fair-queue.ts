/** A work was refused, or dropped while it waited, because too many wait. */
export class DroppedError extends Error {
  override readonly name = 'DroppedError';

  /** @param hasOthers whether its owner has other works that wait */
  constructor(readonly hasOthers: boolean) {
    super('too many works wait');
  }
}

interface Waiting {
  readonly start: () => void;
  readonly drop: (error: DroppedError) => void;
}

/**
 * Runs a few works at a time and lets a bounded number wait. Owners are served in turn, one work each
 * (round robin), so that an owner's first work waits for at most one of every other owner. When the
 * queue is full, the owner with the most works in it loses its newest one, which may be the newcomer.
 */
export class FairQueue {
  /** Works that wait, by owner; the owner whose turn is next comes first. */
  private readonly waiting = new Map<string, Waiting[]>();
  private count = 0;
  private running = 0;

  /**
   * @param concurrency works that run at a time
   * @param capacity works that wait
   */
  constructor(
    private readonly concurrency: number,
    private readonly capacity: number,
  ) {}

  /**
   * Runs a work when its owner's turn has come.
   *
   * @throws DroppedError where it was not begun, because too many wait
   * @throws what the work throws
   */
  async run<Result>(owner: string, work: () => Promise<Result>): Promise<Result> {
    if (this.running < this.concurrency) this.running += 1;
    else await this.turn(owner);
    try {
      return await work();
    } finally {
      this.startNext();
    }
  }

  private turn(owner: string): Promise<void> {
    const own = this.waiting.get(owner) ?? [];
    if (this.count >= this.capacity) this.makeRoom(own.length);
    this.count += 1;
    this.waiting.set(owner, own);
    return new Promise((start, drop) => own.push({ start, drop }));
  }

  /** @param own works that the newcomer's owner has here already */
  private makeRoom(own: number): void {
    const most = [...this.waiting.values()].reduce(
      (longest, works) => (works.length > longest.length ? works : longest),
      [],
    );
    if (most.length <= own + 1) throw new DroppedError(own > 0);
    this.count -= 1;
    most.pop()?.drop(new DroppedError(true));
  }

  /** Hands the place of a work that is done to the owner whose turn is next. */
  private startNext(): void {
    const [next] = this.waiting;
    if (!next) {
      this.running -= 1;
      return;
    }
    const [owner, works] = next;
    this.waiting.delete(owner);
    this.count -= 1;
    works.shift()?.start();
    // Behind the others.
    if (works.length > 0) this.waiting.set(owner, works);
  }
}
