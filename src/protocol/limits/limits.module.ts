import { Module } from '@nestjs/common';
import { REDIS } from '../../redis/redis.module.js';
import type { RedisConnection } from '../../redis/redis-connection.js';
import { ATTEMPT_STORE, type AttemptStore } from './attempt-store.js';
import { AttemptRepository } from './attempt.repository.js';
import { AttemptService } from './attempt.service.js';
import { Limiter } from './limiter.js';
import { RateLimiter } from './rate-limiter.js';
import { RedisAttemptStore } from './redis-attempt-store.js';
import { RequestCounter } from './request-counter.js';

/**
 * Everything that is refused for coming too often. All three answer -429 with `Retry-After`.
 *
 * - `Limiter`: requests of a caller in a minute. Counted in Redis; without it, in this process.
 * - `RateLimiter`: registrations, codes and captchas. Counted in PostgreSQL, in the open transaction.
 * - `AttemptService`: wrong passwords and codes. Counted in Redis; without it, in PostgreSQL.
 */
@Module({
  providers: [
    Limiter,
    RequestCounter,
    RateLimiter,
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
  exports: [Limiter, RateLimiter, AttemptService],
})
export class LimitsModule {}
