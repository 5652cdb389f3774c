import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A picture captcha that is still to be answered; never the answer itself. */
@Entity('sxo_captcha')
@Index('ix_captcha_expire_time', ['expire_time'])
@Check('ck_captcha_type', 'char_length(type) <= 20')
@Check('ck_captcha_uuid', 'char_length(uuid) <= 64')
@Check('ck_captcha_hash', 'octet_length(answer_hash) = 32')
export class Captcha {
  /** What it guards, e.g. `user_login`. */
  @PrimaryColumn('text', { primaryKeyConstraintName: 'pk_captcha' })
  type!: string;

  /** Whom it was shown: the client's own random identifier, or its network. */
  @PrimaryColumn('text', { primaryKeyConstraintName: 'pk_captcha' })
  uuid!: string;

  @Column('bytea')
  salt!: Buffer;

  @Column('bytea')
  answer_hash!: Buffer;

  @Column('timestamptz')
  expire_time!: Date;
}
