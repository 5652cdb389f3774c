import { Inject, Injectable } from '@nestjs/common';
import { RateLimiterRedis } from 'rate-limiter-flexible';
import type { LimitName } from '../../config/limit.settings.js';
import { REDIS } from '../../redis/redis.module.js';
import type { RedisConnection } from '../../redis/redis-connection.js';
import { ExpiringMap } from './expiring-map.js';

const WINDOW_SECONDS = 60;
const WINDOW_MS = WINDOW_SECONDS * 1_000;

/** Callers counted in memory for one limit; with more, those who came first are forgotten. */
export const CAPACITY = 20_000;

/** A caller's requests in a minute that begins with the first of them. */
export interface Use {
  /** The last one included. */
  readonly count: number;
  /** Until the minute is over. */
  readonly msLeft: number;
}

/**
 * Counts requests: in Redis, where all instances count together, or in this process where there is
 * no Redis or it is away.
 */
@Injectable()
export class RequestCounter {
  private readonly inMemory = new Map<LimitName, ExpiringMap<{ count: number }>>();
  private readonly inRedis?: RateLimiterRedis;

  constructor(@Inject(REDIS) private readonly redis: RedisConnection | undefined) {
    this.inRedis =
      redis &&
      new RateLimiterRedis({
        storeClient: redis.client,
        keyPrefix: 'nest-shopxo:limit',
        // Not used: it only counts, for all limits.
        points: 1,
        duration: WINDOW_SECONDS,
      });
  }

  /** @param key who is counted for the limit; of bounded length */
  async count(limit: LimitName, key: string): Promise<Use> {
    const { redis, inRedis } = this;
    if (!redis || !inRedis) return this.countInMemory(limit, key);
    return redis.orElse(
      async () => {
        const { consumedPoints, msBeforeNext } = await inRedis.penalty(`${limit}:${key}`);
        return { count: consumedPoints, msLeft: msBeforeNext };
      },
      () => Promise.resolve(this.countInMemory(limit, key)),
    );
  }

  private countInMemory(limit: LimitName, key: string): Use {
    const counts = this.inMemory.get(limit) ?? new ExpiringMap<{ count: number }>(CAPACITY);
    this.inMemory.set(limit, counts);
    const known = counts.get(key);
    if (!known) {
      counts.set(key, { count: 1 }, WINDOW_MS);
      return { count: 1, msLeft: WINDOW_MS };
    }
    known.value.count += 1;
    return { count: known.value.count, msLeft: known.msLeft };
  }
}
