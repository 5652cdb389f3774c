import { IsInt, Max, Min } from 'class-validator';
import { FromEnv, parseInteger } from './env.js';

/** How many wrong passwords and codes are heard before the next are refused unheard. */
export class AttemptSettings {
  /** Failures for one account within the window. */
  @FromEnv('ATTEMPT_ACCOUNT_LIMIT', 'a number of failures from 1 to 100', parseInteger)
  @IsInt()
  @Min(1)
  @Max(100)
  readonly accountLimit: number = 5;

  /** Failures from one client address within the window; an office may share one. */
  @FromEnv('ATTEMPT_ADDRESS_LIMIT', 'a number of failures from 1 to 1000', parseInteger)
  @IsInt()
  @Min(1)
  @Max(1_000)
  readonly addressLimit: number = 20;

  /** From so many failures of an account or an address on, a login by password needs a captcha. */
  @FromEnv('CAPTCHA_AFTER_FAILURES', 'a number of failures from 0 (never) to 100', parseInteger)
  @IsInt()
  @Min(0)
  @Max(100)
  readonly captchaAfterFailures: number = 0;

  /** From so many wrong codes in an hour on, for all contacts together, sending one needs a captcha. */
  @FromEnv(
    'CODE_CAPTCHA_AFTER_FAILURES',
    'a number of failures from 0 (never) to 1000',
    parseInteger,
  )
  @IsInt()
  @Min(0)
  @Max(1_000)
  readonly codeCaptchaAfterFailures: number = 100;

  @FromEnv('ATTEMPT_WINDOW_MINUTES', 'minutes from 1 to 1440', parseInteger)
  @IsInt()
  @Min(1)
  @Max(1_440)
  readonly windowMinutes: number = 15;
}
