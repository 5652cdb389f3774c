import { randomUUID } from 'node:crypto';
import type { RedisConnection } from '../../redis/redis-connection.js';
import type { AttemptStore } from './attempt-store.js';

const PREFIX = 'nest-shopxo:attempt:';

/** What a place in Redis begins with; one of the store that stands in does not. */
const PLACE_PREFIX = 'redis:';

const NOW = `
  local time = redis.call('TIME')
  local now = time[1] * 1000 + math.floor(time[2] / 1000)`;

/**
 * A key's failures are a sorted set: its members are places, its scores milliseconds of Redis' own clock.
 * Answers the place, or nothing.
 */
const TAKE = `${NOW}
  local limit, window = tonumber(ARGV[1]), tonumber(ARGV[2])
  redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - window)
  if redis.call('ZCARD', KEYS[1]) >= limit then return false end
  redis.call('ZADD', KEYS[1], now, ARGV[3])
  redis.call('PEXPIRE', KEYS[1], window)
  return ARGV[3]`;

/** Answers milliseconds. */
const WAITS = `${NOW}
  local start = now - tonumber(ARGV[1])
  local failures = redis.call('ZREVRANGEBYSCORE', KEYS[1], '+inf', '(' .. start, 'WITHSCORES')
  local waits = {}
  for index = 2, #failures, 2 do waits[index / 2] = failures[index] - start end
  return waits`;

const nameOf = (key: Buffer): string => PREFIX + key.toString('hex');

/**
 * The failures in Redis, where they expire by themselves. While Redis is away another store stands in, which
 * does not know them: who guesses may get as many tries again, once, and logins go on.
 */
export class RedisAttemptStore implements AttemptStore {
  /** @param standIn asked while Redis is away */
  constructor(
    private readonly redis: RedisConnection,
    private readonly standIn: AttemptStore,
  ) {}

  take(key: Buffer, limit: number, windowSeconds: number): Promise<string | undefined> {
    return this.redis.orElse(
      async (redis) => {
        const place = PLACE_PREFIX + randomUUID();
        const windowMs = windowSeconds * 1_000;
        const taken = await redis.eval(TAKE, 1, nameOf(key), limit, windowMs, place);
        return typeof taken === 'string' ? taken : undefined;
      },
      () => this.standIn.take(key, limit, windowSeconds),
    );
  }

  waits(key: Buffer, windowSeconds: number): Promise<number[]> {
    return this.redis.orElse(
      async (redis) => {
        const waits = await redis.eval(WAITS, 1, nameOf(key), windowSeconds * 1_000);
        return (waits as number[]).map((milliseconds) => Math.ceil(milliseconds / 1_000));
      },
      () => this.standIn.waits(key, windowSeconds),
    );
  }

  /** A place in a Redis that has gone away since stays taken until its window has passed. */
  async giveBack(key: Buffer, place: string): Promise<void> {
    if (!place.startsWith(PLACE_PREFIX)) return this.standIn.giveBack(key, place);
    await this.redis.orElse(
      (redis) => redis.zrem(nameOf(key), place),
      () => Promise.resolve(0),
    );
  }

  async clear(key: Buffer): Promise<void> {
    await this.redis.orElse(
      async (redis) => {
        await redis.del(nameOf(key));
      },
      () => this.standIn.clear(key),
    );
  }
}
