import { hash as digest } from 'node:crypto';
import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { Request, RequestHandler } from 'express';
import { ExpiringMap } from '../../cache/expiring-map.js';
import { type LimitName, LimitSettings } from '../../config/limit.settings.js';
import { tooManyRequests } from '../../envelope/protocol.failures.js';
import { addressGroup } from '../../http/client-address.js';
import type { RequestContext } from '../request/request-context.js';
import { CAPACITY, RequestCounter } from './request-counter.js';

/** The limits that an action may fall under, by their settings. */
export type ActionLimit = 'userWrites' | 'userReads' | 'publicWrites' | 'publicReads';

/** The prefix of a caller that is a user; the user's id follows. */
const USER_CALLER = 'user:';

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
function countedCaller(request: Request, limit: ActionLimit): string {
  const { identity } = request.context;
  const countsUsers = limit === 'userWrites' || limit === 'userReads';
  return identity && countsUsers ? USER_CALLER + identity.userId : countedAddress(request);
}

/** The key of a caller: an address is hashed, so that none is stored; a user's id tells nobody who it is. */
const keyOf = (caller: string): string =>
  caller.startsWith(USER_CALLER) ? caller : digest('sha256', caller, 'base64url');

/** Limits the requests of a caller in a minute, see `LimitSettings`. */
@Injectable()
export class RequestLimiter {
  /** The callers that have used up a limit: their further requests are stopped without being counted. */
  private readonly usedUp = new Map<LimitName, ExpiringMap<true>>();
  private readonly counts: Record<LimitName, number> = {
    userWrites: 0,
    userReads: 0,
    publicWrites: 0,
    publicReads: 0,
    wrongTokens: 0,
    refusals: 0,
    fileReads: 0,
  };

  constructor(
    private readonly counter: RequestCounter,
    private readonly settings: LimitSettings,
  ) {}

  /** How many requests each limit has stopped since the start; for metrics, to be read at any time. */
  get stopped(): Readonly<Record<LimitName, number>> {
    return this.counts;
  }

  /**
   * Counts a request against a limit of the address that it comes from.
   *
   * @throws ProtocolException too many requests
   */
  async countAddress(limit: LimitName, request: Request): Promise<void> {
    await this.count(limit, countedAddress(request));
  }

  /**
   * Whether the address of a request was stopped by a limit a moment ago, and its next request would be,
   * too. It is not counted.
   */
  hasUsedUp(limit: LimitName, request: Request): boolean {
    const addresses = this.callersOf(limit);
    return addresses.size > 0 && addresses.get(keyOf(countedAddress(request))) !== undefined;
  }

  /**
   * Counts a request against the limit of its action, once for each caller that it turns out to have: the
   * token of an upload may stand behind its file.
   *
   * @throws ProtocolException too many requests
   */
  async countRequest(request: Request): Promise<void> {
    const { context } = request;
    const limit = limitOf(context);
    if (!limit) return;
    const caller = countedCaller(request, limit);
    if (context.countedAs === caller) return;
    context.countedAs = caller;
    await this.count(limit, caller);
  }

  /**
   * Counts a request against a limit.
   *
   * @param caller whom the limit counts, see `countedCaller`
   * @throws ProtocolException too many requests
   */
  async count(limit: LimitName, caller: string): Promise<void> {
    const most = this.settings[limit];
    if (most === 0) return;
    const key = keyOf(caller);
    this.refuseUsedUp(limit, key);
    const { consumedPoints, msBeforeNext } = await this.counter.count(limit, key);
    if (consumedPoints <= most) return;
    this.callersOf(limit).set(key, true, msBeforeNext);
    throw this.stop(limit, msBeforeNext);
  }

  private refuseUsedUp(limit: LimitName, key: string): void {
    const stopped = this.callersOf(limit).get(key);
    if (stopped) throw this.stop(limit, stopped.msLeft);
  }

  private callersOf(limit: LimitName): ExpiringMap<true> {
    const callers = this.usedUp.get(limit) ?? new ExpiringMap<true>(CAPACITY);
    this.usedUp.set(limit, callers);
    return callers;
  }

  private stop(limit: LimitName, msLeft: number): Error {
    this.counts[limit] += 1;
    return tooManyRequests(msLeft / 1_000);
  }
}

/** Counts each request that reaches a route, after its token is resolved and before its parameters are checked. */
@Injectable()
export class LimitGuard implements CanActivate {
  constructor(private readonly limiter: RequestLimiter) {}

  /** @throws ProtocolException too many requests */
  async canActivate(context: ExecutionContext): Promise<boolean> {
    await this.limiter.countRequest(context.switchToHttp().getRequest<Request>());
    return true;
  }
}

/**
 * Counts reads that are no action, such as files, by address: whether the file exists or not, and before it is
 * looked for on a disk or in a bucket.
 *
 * @throws ProtocolException too many requests
 */
export const countRead =
  (limiter: RequestLimiter, limit: 'publicReads' | 'fileReads'): RequestHandler =>
  async (request, _response, next) => {
    await limiter.countAddress(limit, request);
    next();
  };
