import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** The one code that counts for a purpose, channel and account; never the code itself. */
@Entity('sxo_verification_code')
@Index('ix_verification_code_expire_time', ['expire_time'])
@Check('ck_verification_code_purpose', `purpose IN ('login', 'reg', 'forgetpwd', 'bind')`)
@Check('ck_verification_code_channel', `channel IN ('sms', 'email')`)
@Check('ck_verification_code_account', 'char_length(account) <= 254')
@Check('ck_verification_code_hash', 'octet_length(code_hash) = 32')
@Check('ck_verification_code_tries', 'tries BETWEEN 0 AND 5')
export class VerificationCode {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'pk_verification_code' })
  purpose!: string;

  @PrimaryColumn('text', { primaryKeyConstraintName: 'pk_verification_code' })
  channel!: string;

  /** A mobile number or a lower-case email address. */
  @PrimaryColumn('text', { primaryKeyConstraintName: 'pk_verification_code' })
  account!: string;

  @Column('bytea')
  salt!: Buffer;

  @Column('bytea')
  code_hash!: Buffer;

  /** Guesses so far, right or wrong. */
  @Column('smallint', { default: 0 })
  tries!: number;

  @Column('timestamptz')
  expire_time!: Date;
}
