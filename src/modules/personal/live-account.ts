/**
 * SQL: an account that has not ended, which is one neither deleted nor closed.
 *
 * @param alias of `sxo_user` in the statement
 */
export const notEnded = (alias: string): string =>
  `${alias}.is_delete_time IS NULL AND ${alias}.is_logout_time IS NULL`;

/**
 * SQL: an account that may use the service, which is one neither banned nor pending (statuses 0 and
 * 1 remain), nor ended.
 *
 * @param alias of `sxo_user` in the statement
 */
export const liveAccount = (alias: string): string =>
  `${alias}.status IN (0, 1) AND ${notEnded(alias)}`;
