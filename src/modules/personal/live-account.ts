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

/**
 * SQL: a session that goes on, which is one used and opened not too long ago. It has to be its
 * account's, see {@link liveAccount}.
 *
 * @param alias of `sxo_user_session` in the statement
 * @param idleDays the placeholder of the days without a request after which a session ends
 * @param absoluteDays the placeholder of the days after its start at which it ends in any case
 */
export const liveSession = (alias: string, idleDays: string, absoluteDays: string): string =>
  `${alias}.last_time > now() - make_interval(days => ${idleDays})
    AND ${alias}.add_time > now() - make_interval(days => ${absoluteDays})`;
