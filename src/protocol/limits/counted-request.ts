import type { Request } from 'express';
import { addressGroup } from '../../http/client-address.js';
import type { RequestContext } from '../request/request-context.js';

/** The limits that an action may fall under, by their settings. */
export type ActionLimit = 'userWrites' | 'userReads' | 'publicWrites' | 'publicReads';

/** The prefix of a caller that is a user; the user's id follows. */
export const USER_CALLER = 'user:';

/**
 * The limit of a request's action, once its token is resolved: the one that the action names with `@Limit()`,
 * else by whether it writes. Public writes always count by address, for they are what is tried without an
 * account; public reads only while nobody is logged in.
 *
 * @returns undefined for a `@Plain()` route
 */
export function limitOf({ action, identity }: RequestContext): ActionLimit | undefined {
  if (!action || action.plain) return undefined;
  if (action.limit) return action.limit;
  const writes = !action.methods.includes('GET');
  if (action.public && writes) return 'publicWrites';
  if (writes) return 'userWrites';
  return identity ? 'userReads' : 'publicReads';
}

/** The address that a request comes from, as far as `TRUST_PROXY` believes it, as a caller. */
export const countedAddress = (request: Request): string =>
  `address:${addressGroup(request.ip ?? '')}`;

/** The caller that a limit counts: the user, never the token, for a user may have many; or the address. */
export function countedCaller(request: Request, limit: ActionLimit): string {
  const { identity } = request.context;
  const countsUsers = limit === 'userWrites' || limit === 'userReads';
  return identity && countsUsers ? USER_CALLER + identity.userId : countedAddress(request);
}
