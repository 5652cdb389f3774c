import { Global, Module } from '@nestjs/common';
import { RedisSettings } from '../config/redis.settings.js';
import type { RedisConnection } from './redis-connection.js';

/** The injection token of the `RedisConnection`; undefined where `REDIS_URL` is not set. */
export const REDIS = Symbol('REDIS');

/** The client takes a while to load, so only a service that has a Redis loads it. */
async function connection({ url, timeoutMs }: RedisSettings): Promise<RedisConnection | undefined> {
  if (url === undefined) return undefined;
  const { RedisConnection } = await import('./redis-connection.js');
  return new RedisConnection(url, timeoutMs);
}

/** What the instances of the service share besides the database. */
@Global()
@Module({
  providers: [{ provide: REDIS, inject: [RedisSettings], useFactory: connection }],
  exports: [REDIS],
})
export class RedisModule {}
