import { Inject, Injectable } from '@nestjs/common';
import { RateLimiterMemory, RateLimiterRedis, type RateLimiterRes } from 'rate-limiter-flexible';
import type { LimitName } from '../../config/limit.settings.js';
import { REDIS } from '../../redis/redis.module.js';
import type { RedisConnection } from '../../redis/redis-connection.js';

const WINDOW_SECONDS = 60;

/** Callers counted in memory for one limit; with more, those who came first are forgotten. */
export const CAPACITY = 20_000;

/** `points` is required, but not used: the counters only count, for all limits. */
const WINDOW = { points: 1, duration: WINDOW_SECONDS };

/** A `RateLimiterMemory` with a capacity: the library's own keeps as many keys as come in a window. */
class BoundedMemory extends RateLimiterMemory {
  /** Those whose window began first come first. */
  private readonly keys = new Set<string>();

  override async penalty(key: string): Promise<RateLimiterRes> {
    const use = await super.penalty(key);
    if (!use.isFirstInDuration) return use;
    this.keys.delete(key);
    this.keys.add(key);
    const [oldest] = this.keys;
    if (oldest !== undefined && this.keys.size > CAPACITY) {
      this.keys.delete(oldest);
      await this.delete(oldest);
    }
    return use;
  }
}

/**
 * Counts requests in a minute that begins with the caller's first: in Redis, where all instances count
 * together, or in this process where there is no Redis or it is away.
 *
 * The stand-in is asked by `orElse`, not as the library's `insuranceLimiter`, with which every request would
 * wait for a Redis that hangs.
 */
@Injectable()
export class RequestCounter {
  private readonly inMemory = new Map<LimitName, BoundedMemory>();
  private readonly inRedis?: RateLimiterRedis;

  constructor(@Inject(REDIS) private readonly redis: RedisConnection | undefined) {
    this.inRedis =
      redis &&
      new RateLimiterRedis({
        ...WINDOW,
        storeClient: redis.client,
        keyPrefix: 'nest-shopxo:limit',
      });
  }

  /**
   * @param key the caller; of bounded length
   * @returns `consumedPoints`: the caller's requests, this one included; `msBeforeNext`: until the minute ends
   */
  async count(limit: LimitName, key: string): Promise<RateLimiterRes> {
    const { redis, inRedis } = this;
    const inMemory = () => this.memoryOf(limit).penalty(key);
    if (!redis || !inRedis) return inMemory();
    return redis.orElse(() => inRedis.penalty(`${limit}:${key}`), inMemory);
  }

  private memoryOf(limit: LimitName): BoundedMemory {
    const memory = this.inMemory.get(limit) ?? new BoundedMemory({ ...WINDOW, keyPrefix: '' });
    this.inMemory.set(limit, memory);
    return memory;
  }
}
