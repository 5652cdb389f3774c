import { Module } from '@nestjs/common';
import { RateLimitRepository } from './rate-limit.repository.js';
import { RateLimiter } from './rate-limiter.service.js';

/** Refuses what is done too often. Modules above use `RateLimiter`, each with subjects of its own. */
@Module({
  providers: [RateLimiter, RateLimitRepository],
  exports: [RateLimiter],
})
export class RateLimitModule {}
