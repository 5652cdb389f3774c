// One JSON line a request, as the service writes it.
import { pino } from 'pino';

export const logger = pino({
  base: undefined,
  messageKey: 'msg',
  timestamp: pino.stdTimeFunctions.isoTime,
});

/**
 * @typedef {object} Told what a request's line says besides its time
 * @property {string} requestId
 * @property {string | undefined} method
 * @property {string | null} route
 * @property {number} status
 * @property {number} code
 * @property {string | null} userId
 */

/**
 * @param {Told} told
 * @param {number} start of the request, on the clock of `performance`
 */
export function logRequest({ requestId, method, route, status, code, userId }, start) {
  logger.info(
    {
      request_id: requestId,
      method,
      route,
      status,
      code,
      user_id: userId,
      ms: Math.round((performance.now() - start) * 100) / 100,
    },
    'request',
  );
}
