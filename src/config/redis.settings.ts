import { IsInt, Matches, Max, Min, ValidateIf } from 'class-validator';
import { FromEnv, parseInteger } from './env.js';

/** The Redis that the instances share, where there is one. */
export class RedisSettings {
  @FromEnv('REDIS_URL', 'a redis:// or rediss:// URL')
  @ValidateIf((settings: RedisSettings) => settings.url !== undefined)
  @Matches(/^rediss?:\/\/\S+$/)
  readonly url?: string;

  /** Milliseconds to connect, and for one command, before the service goes on without Redis. */
  @FromEnv('REDIS_TIMEOUT_MS', 'milliseconds from 50 to 10000', parseInteger)
  @IsInt()
  @Min(50)
  @Max(10_000)
  readonly timeoutMs: number = 500;
}
