import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** How often something was done in the current period. */
@Entity('sxo_verification_rate')
@Index('ix_verification_rate_until_time', ['until_time'])
@Check('ck_verification_rate_subject', 'char_length(subject) <= 300')
export class VerificationRate {
  /** What was done and by or for whom. */
  @PrimaryColumn('text', { primaryKeyConstraintName: 'pk_verification_rate' })
  subject!: string;

  @Column('integer')
  uses!: number;

  /** The period's end; a new one starts with the next use after it. */
  @Column('timestamptz')
  until_time!: Date;
}
