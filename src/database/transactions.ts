/**
 * Opens transactions. What a service injects whose change spans several repositories, or tells a durable
 * event; only repositories have `Database`, which sends statements.
 */
export abstract class Transactions {
  /**
   * Runs work in one transaction: every repository's statement and every durable event of it is kept, or
   * nothing where the work throws. Work inside work joins the outer transaction: where it throws nothing
   * of either is kept, whether the outer work catches that or not.
   *
   * Work that PostgreSQL undid because of others at the same time is done again, from its start: it must
   * touch nothing but the database.
   *
   * @throws what the work throws
   * @throws Error where the work went on after work inside it threw; a mistake of the caller
   */
  abstract transaction<Result>(work: () => Promise<Result>): Promise<Result>;
}
