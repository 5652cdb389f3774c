/**
 * Opens transactions. What a service injects whose change spans several repositories, or tells a durable
 * event; only repositories have `Database`, which sends statements.
 */
export abstract class Transactions {
  /**
   * Runs work in one transaction: every repository's statement and every durable event of it is kept, or
   * nothing where the work throws. Work inside work joins the outer transaction.
   *
   * Work that PostgreSQL undid because of others at the same time is done again, from its start: it must
   * touch nothing but the database.
   *
   * @throws what the work throws
   */
  abstract transaction<Result>(work: () => Promise<Result>): Promise<Result>;
}
