import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

/**
 * How often something was done in its current window. Names and order of the columns are those of
 * rate-limiter-flexible's `RateLimiterPostgres`.
 */
@Entity('sxo_rate_limit')
@Index('ix_rate_limit_expire', ['expire'])
@Check('ck_rate_limit_key', 'char_length(key) <= 300')
export class RateLimit {
  /** What was done and by or for whom. */
  @PrimaryColumn('text', { primaryKeyConstraintName: 'pk_rate_limit' })
  key!: string;

  /** The uses so far. */
  @Column('integer')
  points!: number;

  /** The window's end, in milliseconds since 1970; a new one starts with the next use after it. */
  @Column('bigint')
  expire!: string;
}
