import { Global, Module } from '@nestjs/common';
import { RedisSettings } from '../config/redis.settings.js';
import { RedisConnection } from './redis-connection.js';

/** The injection token of the `RedisConnection`; undefined where `REDIS_URL` is not set. */
export const REDIS = Symbol('REDIS');

/** What the instances of the service share besides the database. */
@Global()
@Module({
  providers: [
    {
      provide: REDIS,
      inject: [RedisSettings],
      useFactory: ({ url, timeoutMs }: RedisSettings): RedisConnection | undefined =>
        url === undefined ? undefined : new RedisConnection(url, timeoutMs),
    },
  ],
  exports: [REDIS],
})
export class RedisModule {}
