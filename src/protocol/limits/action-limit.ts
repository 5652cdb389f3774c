import type { RequestContext } from '../request-context.js';

/** The limits that an action may fall under, by their settings. */
export const ACTION_LIMITS = ['userWrites', 'userReads', 'publicWrites', 'publicReads'] as const;

export type ActionLimit = (typeof ACTION_LIMITS)[number];

/**
 * The limit that a request falls under, once its token is resolved: what the action says with
 * `@Limit()`, else by whether it writes. Public writes count by address whoever asks, for they are
 * what is tried without an account; public reads only while nobody is logged in.
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

/** Whether a limit counts users, and not addresses. */
export const countsUsers = (limit: ActionLimit): boolean =>
  limit === 'userWrites' || limit === 'userReads';
