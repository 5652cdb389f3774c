interface Entry<Value> {
  readonly value: Value;
  /** By the map's clock. */
  readonly until: number;
}

/**
 * Values that end by themselves, at most so many: the one that was set first makes room for a new
 * one. Expired ones go as others come, without timers, for those set first expire first as long as
 * lifetimes differ little.
 */
export class ExpiringMap<Value> {
  private readonly entries = new Map<string, Entry<Value>>();

  /** @param now milliseconds of a clock that never goes back */
  constructor(
    private readonly capacity: number,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** How many values are held, expired ones included. */
  get size(): number {
    return this.entries.size;
  }

  /** A value that has not expired, and the milliseconds until it does. */
  get(key: string): { readonly value: Value; readonly msLeft: number } | undefined {
    const entry = this.entries.get(key);
    const msLeft = entry ? entry.until - this.now() : 0;
    return entry && msLeft > 0 ? { value: entry.value, msLeft } : undefined;
  }

  delete(key: string): void {
    this.entries.delete(key);
  }

  /** Sets a value for so many milliseconds from now. */
  set(key: string, value: Value, lifetimeMs: number): void {
    const now = this.now();
    // Deleted first, so that it becomes the youngest.
    this.entries.delete(key);
    this.entries.set(key, { value, until: now + lifetimeMs });
    for (const [oldest, { until }] of this.entries) {
      if (until > now && this.entries.size <= this.capacity) break;
      this.entries.delete(oldest);
    }
  }
}
