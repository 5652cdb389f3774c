import { AsyncLocalStorage } from 'node:async_hooks';

/**
 * What work is a part of, known to all that it calls. On Node.js before 24 a storage costs every promise
 * of the process something, once it was used; so this one is put away whenever nothing is in a scope.
 */
export class Scopes<Scope extends object> {
  private readonly storage = new AsyncLocalStorage<Scope>();
  private open = 0;

  /** @param outside the scope of what is in none */
  constructor(private readonly outside: Scope) {}

  /** The scope of the work that asks. */
  get current(): Scope {
    return this.storage.getStore() ?? this.outside;
  }

  /** Does work in a scope, until it is done; what goes on after that is in none for sure. */
  async run<Result>(scope: Scope, work: () => Promise<Result>): Promise<Result> {
    this.open += 1;
    try {
      return await this.storage.run(scope, work);
    } finally {
      this.open -= 1;
      if (this.open === 0) this.storage.disable();
    }
  }
}
