import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** The recent failures of one account or one client address. */
@Entity('sxo_attempt')
@Index('ix_attempt_expires_at', ['expires_at'])
@Check('ck_attempt_key', 'octet_length(key) = 32')
export class Attempt {
  /** SHA-256 of whose they are: what someone typed into a login form may be anything. */
  @PrimaryColumn('bytea', { primaryKeyConstraintName: 'pk_attempt' })
  key!: Buffer;

  /** When, oldest first; at most as many as the limit. */
  @Column('timestamptz', { array: true })
  failures!: Date[];

  /** From when on the row counts nothing and may be removed. */
  @Column('timestamptz')
  expires_at!: Date;
}
