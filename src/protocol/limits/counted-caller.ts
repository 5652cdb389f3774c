import type { Request } from 'express';
import { addressGroup } from '../client-address.js';
import { type ActionLimit, countsUsers } from './action-limit.js';

/** What a caller who is counted as a user begins with; the user's id follows. */
export const USER_CALLER = 'user:';

/** Who is counted as the address that a request comes from, as far as `TRUST_PROXY` believes it. */
export const countedAddress = (request: Request): string =>
  `address:${addressGroup(request.ip ?? '')}`;

/** Whom a limit counts: the user, never the token, for a user may have many; or the address. */
export function countedCaller(request: Request, limit: ActionLimit): string {
  const { identity } = request.context;
  return identity && countsUsers(limit) ? USER_CALLER + identity.userId : countedAddress(request);
}
