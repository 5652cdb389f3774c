import { hash as digest } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { type LimitName, LimitSettings } from '../../config/limit.settings.js';
import { tooManyRequests } from '../../envelope/protocol.failures.js';
import { countedAddress, countedCaller, limitOf, USER_CALLER } from './counted-request.js';
import { ExpiringMap } from '../../cache/expiring-map.js';
import { CAPACITY, RequestCounter } from './request-counter.js';

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
