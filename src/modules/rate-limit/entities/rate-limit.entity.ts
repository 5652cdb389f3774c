import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** How often something was done in the current period. */
@Entity('sxo_rate_limit')
@Index('ix_rate_limit_until_time', ['until_time'])
@Check('ck_rate_limit_subject', 'char_length(subject) <= 300')
export class RateLimit {
  /** What was done and by or for whom. */
  @PrimaryColumn('text', { primaryKeyConstraintName: 'pk_rate_limit' })
  subject!: string;

  @Column('integer')
  uses!: number;

  /** The period's end; a new one starts with the next use after it. */
  @Column('timestamptz')
  until_time!: Date;
}
