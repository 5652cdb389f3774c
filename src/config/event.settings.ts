import { IsInt, Max, Min } from 'class-validator';
import { FromEnv, parseInteger } from './env.js';

/** How durable events are delivered. */
export class EventSettings {
  /** Milliseconds between looks for what was left: by a crash, or for another try. */
  @FromEnv('EVENT_POLL_MS', 'milliseconds from 100 to 3600000', parseInteger)
  @IsInt()
  @Min(100)
  @Max(3_600_000)
  readonly pollMs: number = 5_000;

  /** Milliseconds for a listener to be done with an event; then the try counts as failed. */
  @FromEnv('EVENT_LISTENER_TIMEOUT_MS', 'milliseconds from 100 to 600000', parseInteger)
  @IsInt()
  @Min(100)
  @Max(600_000)
  readonly listenerTimeoutMs: number = 30_000;

  /** Tries of a listener after which an event is given up and kept. */
  @FromEnv('EVENT_TRIES', 'a number of tries from 1 to 100', parseInteger)
  @IsInt()
  @Min(1)
  @Max(100)
  readonly tries: number = 15;

  /** Days after which an event that was given up is removed; 0 keeps it for ever. */
  @FromEnv('EVENT_FAILED_RETENTION_DAYS', 'days from 0 to 36500', parseInteger)
  @IsInt()
  @Min(0)
  @Max(36_500)
  readonly failedRetentionDays: number = 90;
}
