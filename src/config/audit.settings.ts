import { IsInt, Max, Min } from 'class-validator';
import { FromEnv, parseInteger } from './env.js';

/** How long, and how much of it, it is known who changed what. */
export class AuditSettings {
  /** Days after which a row of the audit trail is removed; 0 keeps them for ever. */
  @FromEnv('AUDIT_RETENTION_DAYS', 'days from 0 to 36500', parseInteger)
  @IsInt()
  @Min(0)
  @Max(36_500)
  readonly retentionDays: number = 365;

  /** Rows of one user about the profile and delivery addresses; beyond that the oldest go. */
  @FromEnv('AUDIT_PROFILE_ROWS', 'rows from 10 to 100000', parseInteger)
  @IsInt()
  @Min(10)
  @Max(100_000)
  readonly profileRows: number = 1_000;

  /** Their size in kB. */
  @FromEnv('AUDIT_PROFILE_KB', 'kB from 10 to 1000000', parseInteger)
  @IsInt()
  @Min(10)
  @Max(1_000_000)
  readonly profileKb: number = 1_000;

  /**
   * Rows of one user about sessions, and as many about the password, contacts and the account's start
   * and end; neither takes the place of the other.
   */
  @FromEnv('AUDIT_ACCOUNT_ROWS', 'rows from 100 to 100000', parseInteger)
  @IsInt()
  @Min(100)
  @Max(100_000)
  readonly accountRows: number = 5_000;

  /** The size in kB of each of the two. */
  @FromEnv('AUDIT_ACCOUNT_KB', 'kB from 100 to 1000000', parseInteger)
  @IsInt()
  @Min(100)
  @Max(1_000_000)
  readonly accountKb: number = 5_000;
}
