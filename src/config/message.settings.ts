import { IsInt, Max, Min } from 'class-validator';
import { FromEnv, parseInteger } from './env.js';

/** How long users keep their messages. */
export class MessageSettings {
  /** Days after which a message is removed, read or not; 0 keeps them for ever. */
  @FromEnv('MESSAGE_RETENTION_DAYS', 'days from 0 to 36500', parseInteger)
  @IsInt()
  @Min(0)
  @Max(36_500)
  readonly retentionDays: number = 365;
}
