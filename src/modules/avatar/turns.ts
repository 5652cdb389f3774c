/** Does the works of one key one after another, in the order of their asking; of others at once. */
export class Turns {
  private readonly last = new Map<string, Promise<unknown>>();

  /** @returns what the work gives, or its error; neither keeps the key's next work from its turn */
  async take<Result>(key: string, work: () => Promise<Result>): Promise<Result> {
    const before = this.last.get(key) ?? Promise.resolve();
    const turn = before.then(work, work);
    this.last.set(key, turn);
    try {
      return await turn;
    } finally {
      if (this.last.get(key) === turn) this.last.delete(key);
    }
  }

  /** Keys with work that is not done. */
  get size(): number {
    return this.last.size;
  }
}
