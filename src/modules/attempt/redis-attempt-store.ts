import { randomUUID } from 'node:crypto';
import { Logger, type OnApplicationShutdown, ServiceUnavailableException } from '@nestjs/common';
import { Redis } from 'ioredis';
import type { AttemptStore, Taken } from './attempt-store.js';

const PREFIX = 'nest-shopxo:attempt:';

/** Milliseconds to connect, and for one command to be answered. */
const TIMEOUT_MS = 1_000;

/**
 * A sorted set a key, its members places, its scores milliseconds of Redis' own clock. Answers the
 * place, or the milliseconds until one is free.
 */
const TAKE = `
  local time = redis.call('TIME')
  local now = time[1] * 1000 + math.floor(time[2] / 1000)
  local limit, window = tonumber(ARGV[1]), tonumber(ARGV[2])
  redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - window)
  if redis.call('ZCARD', KEYS[1]) < limit then
    redis.call('ZADD', KEYS[1], now, ARGV[3])
    redis.call('PEXPIRE', KEYS[1], window)
    return ARGV[3]
  end
  local last = redis.call('ZREVRANGE', KEYS[1], limit - 1, limit - 1, 'WITHSCORES')
  return last[2] + window - now`;

const COUNT = `
  local time = redis.call('TIME')
  local now = time[1] * 1000 + math.floor(time[2] / 1000)
  return redis.call('ZCOUNT', KEYS[1], '(' .. (now - tonumber(ARGV[1])), '+inf')`;

/** Redis did not answer in time, or not at all. */
class RedisUnavailableException extends ServiceUnavailableException {
  override readonly name = 'RedisUnavailableException';
}

const nameOf = (key: Buffer): string => PREFIX + key.toString('hex');

/** The failures in Redis, where they expire by themselves. */
export class RedisAttemptStore implements AttemptStore, OnApplicationShutdown {
  private readonly logger = new Logger(RedisAttemptStore.name);
  private readonly redis: Redis;

  /** @param url `redis://` or `rediss://` */
  constructor(url: string) {
    this.redis = new Redis(url, {
      connectTimeout: TIMEOUT_MS,
      commandTimeout: TIMEOUT_MS,
      maxRetriesPerRequest: 1,
    });
    this.redis.on('error', (error: Error) =>
      this.logger.warn({ msg: 'Redis cannot be reached', err: error }),
    );
  }

  /** Not before the last request is answered. */
  onApplicationShutdown(): void {
    this.redis.disconnect();
  }

  async take(key: Buffer, limit: number, windowSeconds: number): Promise<Taken> {
    const answer = await answered(
      this.redis.eval(TAKE, 1, nameOf(key), limit, windowSeconds * 1_000, randomUUID()),
    );
    return typeof answer === 'string'
      ? { place: answer }
      : { retryAfterSeconds: Math.max(1, Math.ceil(Number(answer) / 1_000)) };
  }

  async giveBack(key: Buffer, place: string): Promise<void> {
    await answered(this.redis.zrem(nameOf(key), place));
  }

  async count(key: Buffer, windowSeconds: number): Promise<number> {
    return Number(await answered(this.redis.eval(COUNT, 1, nameOf(key), windowSeconds * 1_000)));
  }

  async clear(key: Buffer): Promise<void> {
    await answered(this.redis.del(nameOf(key)));
  }
}

/** @throws RedisUnavailableException whatever went wrong; its cause has it */
async function answered<Answer>(command: Promise<Answer>): Promise<Answer> {
  try {
    return await command;
  } catch (error) {
    throw new RedisUnavailableException('Redis does not answer', { cause: error });
  }
}
