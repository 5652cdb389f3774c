import { Module } from '@nestjs/common';
import { REDIS } from '../../redis/redis.module.js';
import type { RedisConnection } from '../../redis/redis-connection.js';
import { ATTEMPT_STORE, type AttemptStore } from './attempt-store.js';
import { AttemptRepository } from './attempt.repository.js';
import { AttemptService } from './attempt.service.js';
import { RequestLimiter } from './request-limiter.js';
import { UseLimiter } from './use-limiter.js';
import { RedisAttemptStore } from './redis-attempt-store.js';
import { RequestCounter } from './request-counter.js';

/**
 * Everything that is refused for coming too often. All three answer -429 with `Retry-After`.
 *
 * - `RequestLimiter`: requests of a caller in a minute. Counted in Redis; without it, in this process.
 * - `UseLimiter`: registrations, codes and captchas. Counted in PostgreSQL, in the open transaction.
 * - `AttemptService`: wrong passwords and codes. Counted in Redis; without it, in PostgreSQL.
 */
@Module({
  providers: [
    RequestLimiter,
    RequestCounter,
    UseLimiter,
    AttemptService,
    AttemptRepository,
    {
      provide: ATTEMPT_STORE,
      inject: [AttemptRepository, REDIS],
      useFactory: (
        repository: AttemptRepository,
        redis: RedisConnection | undefined,
      ): AttemptStore => (redis ? new RedisAttemptStore(redis, repository) : repository),
    },
  ],
  exports: [RequestLimiter, UseLimiter, AttemptService],
})
export class LimitsModule {}
