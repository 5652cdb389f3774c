import { Module } from '@nestjs/common';
import { REDIS } from '../../redis/redis.module.js';
import type { RedisConnection } from '../../redis/redis-connection.js';
import { ATTEMPT_STORE, type AttemptStore } from './attempt-store.js';
import { AttemptRepository } from './attempt.repository.js';
import { AttemptService } from './attempt.service.js';
import { RedisAttemptStore } from './redis-attempt-store.js';

/**
 * Stops guessing. Failures are kept in PostgreSQL, or in Redis where `REDIS_URL` is set; while that is
 * away, in PostgreSQL again.
 */
@Module({
  providers: [
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
  exports: [AttemptService],
})
export class AttemptModule {}
