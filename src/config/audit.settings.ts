import { IsInt, Max, Min } from 'class-validator';
import { FromEnv, parseInteger } from './env.js';

/** How long it is known who changed what. */
export class AuditSettings {
  /** Days after which a row of the audit trail is removed; 0 keeps them for ever. */
  @FromEnv('AUDIT_RETENTION_DAYS', 'days from 0 to 36500', parseInteger)
  @IsInt()
  @Min(0)
  @Max(36_500)
  readonly retentionDays: number = 365;
}
