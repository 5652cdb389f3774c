/**
 * SQL: what may be recorded of a mobile number, `138****5678`; a short one is hidden altogether.
 *
 * @param value of type text
 */
export const maskedMobile = (value: string): string =>
  `CASE WHEN ${value} = '' THEN '' WHEN length(${value}) < 10 THEN '****'` +
  ` ELSE left(${value}, 3) || '****' || right(${value}, 4) END`;

/**
 * SQL: what may be recorded of an email address, `s***@example.com`.
 *
 * @param value of type text
 */
export const maskedEmail = (value: string): string =>
  `CASE WHEN ${value} = '' THEN ''` +
  ` ELSE left(${value}, 1) || '***' || coalesce(substring(${value} FROM '@[^@]*$'), '') END`;
