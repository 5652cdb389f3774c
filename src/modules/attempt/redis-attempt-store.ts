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
 * A sorted set a key, its members places, its scores milliseconds of Redis' own clock. Answers the
 * place, or nothing.
 */
const TAKE = `${NOW}
  local limit, window = tonumber(ARGV[1]), tonumber(ARGV[2])
  redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - window)
  if redis.call('ZCARD', KEYS[1]) >= limit then return false end
  redis.call('ZADD', KEYS[1], now, ARGV[3])
  redis.call('PEXPIRE', KEYS[1], window)
  return ARGV[3]`;

/** Answers milliseconds, which are none or less where a place is free. */
const WAIT = `${NOW}
  local limit, window = tonumber(ARGV[1]), tonumber(ARGV[2])
  local last = redis.call('ZREVRANGE', KEYS[1], limit - 1, limit - 1, 'WITHSCORES')
  return last[2] and last[2] + window - now or 0`;

const COUNT = `${NOW}
  return redis.call('ZCOUNT', KEYS[1], '(' .. (now - tonumber(ARGV[1])), '+inf')`;

const nameOf = (key: Buffer): string => PREFIX + key.toString('hex');

/**
 * The failures in Redis, where they expire by themselves. While Redis is away another store stands
 * in, which does not know them: who guesses may get as many tries again, once, and logins go on.
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

  wait(key: Buffer, limit: number, windowSeconds: number): Promise<number> {
    return this.redis.orElse(
      async (redis) => {
        const milliseconds = await redis.eval(WAIT, 1, nameOf(key), limit, windowSeconds * 1_000);
        return Math.max(0, Math.ceil(Number(milliseconds) / 1_000));
      },
      () => this.standIn.wait(key, limit, windowSeconds),
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

  count(key: Buffer, windowSeconds: number): Promise<number> {
    return this.redis.orElse(
      async (redis) => Number(await redis.eval(COUNT, 1, nameOf(key), windowSeconds * 1_000)),
      () => this.standIn.count(key, windowSeconds),
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
