import { IsInt, Max, Min, ValidateBy } from 'class-validator';
import { FromEnv, parseBoolean, parseInteger } from './env.js';

/** How verification codes are sent, and how many. */
export class VerificationSettings {
  @FromEnv('NODE_ENV', 'development, test or production')
  private readonly nodeEnv: string = 'development';

  /** Channels without a sender write their codes to the log. */
  @FromEnv(
    'VERIFICATION_LOG_CODES',
    'true or false, and true only where NODE_ENV is development',
    parseBoolean,
  )
  @ValidateBy({
    name: 'isLogCodes',
    validator: {
      validate: (value, context) =>
        value === false ||
        (value === true && (context?.object as VerificationSettings).nodeEnv === 'development'),
    },
  })
  readonly logCodes: boolean = false;

  /** Digits of a code. ShopXO's clients take four; more are harder to guess. */
  @FromEnv('VERIFICATION_CODE_LENGTH', 'a number of digits from 4 to 8', parseInteger)
  @IsInt()
  @Min(4)
  @Max(8)
  readonly codeLength: number = 4;

  /** Milliseconds for a mail or SMS service to answer. */
  @FromEnv('VERIFICATION_SEND_TIMEOUT_MS', 'milliseconds from 100 to 60000', parseInteger)
  @IsInt()
  @Min(100)
  @Max(60_000)
  readonly sendTimeoutMs: number = 5_000;

  /** Codes that one client address may ask for in a minute; behind a carrier's NAT many share one. */
  @FromEnv('VERIFICATION_CODES_PER_MINUTE', 'a number from 1 to 10000', parseInteger)
  @IsInt()
  @Min(1)
  @Max(10_000)
  readonly perMinute: number = 30;

  /** The same in an hour. */
  @FromEnv('VERIFICATION_CODES_PER_HOUR', 'a number from 1 to 100000', parseInteger)
  @IsInt()
  @Min(1)
  @Max(100_000)
  readonly perHour: number = 300;
}
