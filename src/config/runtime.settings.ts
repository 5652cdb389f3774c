import { Equals, IsIn } from 'class-validator';
import { IsTimeZoneName } from './time-zone.js';
import { FromEnv, parseInteger } from './env.js';

export const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

/** What the whole process shares: its mode, its clock's zone, how much it logs. */
export class RuntimeSettings {
  @FromEnv('NODE_ENV', 'development, test or production')
  @IsIn(['development', 'test', 'production'])
  readonly nodeEnv: 'development' | 'test' | 'production' = 'development';

  @FromEnv('APP_TIMEZONE', 'an IANA time zone such as Asia/Shanghai')
  @IsTimeZoneName()
  readonly timezone: string = 'Asia/Shanghai';

  @FromEnv('LOG_LEVEL', `one of ${LOG_LEVELS.join(', ')}`)
  @IsIn(LOG_LEVELS)
  readonly logLevel: (typeof LOG_LEVELS)[number] = 'info';

  /** Always 1. The variable is read to refuse what it asks for on other servers: several processes. */
  @FromEnv(
    'WEB_CONCURRENCY',
    '1 or unset (for more cores run more instances, each on its own port: see deploy/README.md)',
    parseInteger,
  )
  @Equals(1)
  readonly processes: number = 1;
}
