import { Module } from '@nestjs/common';
import { RedisSettings } from '../../config/redis.settings.js';
import { ATTEMPT_STORE, type AttemptStore } from './attempt-store.js';
import { AttemptRepository } from './attempt.repository.js';
import { AttemptService } from './attempt.service.js';
import { RedisAttemptStore } from './redis-attempt-store.js';

/** Stops guessing. Failures are kept in PostgreSQL, or in Redis where `REDIS_URL` is set. */
@Module({
  providers: [
    AttemptService,
    AttemptRepository,
    {
      provide: ATTEMPT_STORE,
      inject: [AttemptRepository, RedisSettings],
      useFactory: (repository: AttemptRepository, { url }: RedisSettings): AttemptStore =>
        url === undefined ? repository : new RedisAttemptStore(url),
    },
  ],
  exports: [AttemptService],
})
export class AttemptModule {}
