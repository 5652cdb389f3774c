/**
 * SQL: an account that may use the service, which is one neither banned nor pending (statuses 0 and
 * 1 remain), nor deleted, nor closed.
 *
 * @param alias of `sxo_user` in the statement
 */
export const liveAccount = (alias: string): string =>
  `${alias}.status IN (0, 1) AND ${alias}.is_delete_time IS NULL AND ${alias}.is_logout_time IS NULL`;
