/**
 * What the run's set-up leaves for its tear-down.
 *
 * @type {{
 *   url: string,
 *   prefix: string,
 *   started?: import('./postgres-server.mjs').PostgresServer,
 *   pooler?: import('./pgbouncer.mjs').PgBouncer,
 * }}
 */
export const testRun = { url: '', prefix: '' };
