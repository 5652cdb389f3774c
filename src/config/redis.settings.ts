import { Matches, ValidateIf } from 'class-validator';
import { FromEnv } from './env.js';

/** The Redis that the instances share, where there is one. */
export class RedisSettings {
  @FromEnv('REDIS_URL', 'a redis:// or rediss:// URL')
  @ValidateIf((settings: RedisSettings) => settings.url !== undefined)
  @Matches(/^rediss?:\/\/\S+$/)
  readonly url?: string;
}
