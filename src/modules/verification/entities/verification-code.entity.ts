import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

/**
 * The one code that counts for a purpose, channel and contact, and for a binding also the account
 * that asked for it; never the code itself.
 */
@Entity('sxo_verification_code')
@Index('ix_verification_code_expire_time', ['expire_time'])
@Check('ck_verification_code_purpose', `purpose IN ('login', 'reg', 'forgetpwd', 'bind')`)
@Check('ck_verification_code_channel', `channel IN ('sms', 'email')`)
@Check('ck_verification_code_account', 'char_length(account) <= 254')
@Check('ck_verification_code_hash', 'octet_length(code_hash) = 32')
@Index('ix_verification_code_user', ['user_id'], { where: 'user_id <> 0' })
@Check('ck_verification_code_address', 'octet_length(address_hash) = 32')
@Check('ck_verification_code_client', 'octet_length(client_hash) = 32')
@Check('ck_verification_code_tries', 'tries BETWEEN 0 AND 5')
export class VerificationCode {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'pk_verification_code' })
  purpose!: string;

  @PrimaryColumn('text', { primaryKeyConstraintName: 'pk_verification_code' })
  channel!: string;

  /** A mobile number or a lower-case email address. */
  @PrimaryColumn('text', { primaryKeyConstraintName: 'pk_verification_code' })
  account!: string;

  /** The account that a binding is for; 0 for every other purpose. */
  @PrimaryColumn('bigint', { primaryKeyConstraintName: 'pk_verification_code', default: 0 })
  user_id!: string;

  @Column('bytea')
  salt!: Buffer;

  @Column('bytea')
  code_hash!: Buffer;

  /** The address group that asked, hashed with the row's salt. */
  @Column('bytea', { nullable: true })
  address_hash!: Buffer | null;

  /** The client's uuid or the session that asked, hashed with the row's salt; null where it sent none. */
  @Column('bytea', { nullable: true })
  client_hash!: Buffer | null;

  /** Tries of who asked for the code so far, right or wrong. */
  @Column('smallint', { default: 0 })
  tries!: number;

  @Column('timestamptz')
  expire_time!: Date;
}
