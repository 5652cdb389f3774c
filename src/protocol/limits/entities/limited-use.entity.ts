import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

/**
 * How often something was done in its current window. Names and order of the columns are those of
 * rate-limiter-flexible's `RateLimiterPostgres`.
 */
@Entity('sxo_limited_use')
@Index('ix_limited_use_expire', ['expire'])
@Check('ck_limited_use_key', 'char_length(key) <= 300')
export class LimitedUse {
  /** What was done and by or for whom. */
  @PrimaryColumn('text', { primaryKeyConstraintName: 'pk_limited_use' })
  key!: string;

  /** The uses so far. */
  @Column('integer')
  points!: number;

  /** The window's end, in milliseconds since 1970; a new one starts with the next use after it. */
  @Column('bigint')
  expire!: string;
}
