import { IsInt, Max, Min } from 'class-validator';
import { FromEnv, parseInteger } from './env.js';

/** How long a session lives. */
export class SessionSettings {
  /** Days without a request after which a session ends. */
  @FromEnv('SESSION_IDLE_DAYS', 'days from 1 to 3650', parseInteger)
  @IsInt()
  @Min(1)
  @Max(3650)
  readonly idleDays: number = 30;

  /** Days after its start at which a session ends, used or not. */
  @FromEnv('SESSION_ABSOLUTE_DAYS', 'days from 1 to 3650', parseInteger)
  @IsInt()
  @Min(1)
  @Max(3650)
  readonly absoluteDays: number = 180;

  /** Seconds for which a session is remembered, for actions that prove themselves that it is live. */
  @FromEnv('SESSION_CACHE_SECONDS', 'seconds from 0 to 300', parseInteger)
  @IsInt()
  @Min(0)
  @Max(300)
  readonly cacheSeconds: number = 60;

  /**
   * Minutes after a sign-in in which its session may do without the password what otherwise needs it, such
   * as close the account.
   */
  @FromEnv('RECENT_SIGN_IN_MINUTES', 'minutes from 1 to 60', parseInteger)
  @IsInt()
  @Min(1)
  @Max(60)
  readonly recentMinutes: number = 10;
}
