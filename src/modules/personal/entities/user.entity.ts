import { Check, Column, Entity, Index, PrimaryGeneratedColumn, Unique } from 'typeorm';

/** ShopXO's account states. */
export const UserStatus = { normal: 0, muted: 1, banned: 2, pending: 3 } as const;

/** ShopXO's genders. */
export const Gender = { undisclosed: 0, female: 1, male: 2 } as const;

const atMost = (column: string, limit: number): string => `char_length(${column}) <= ${limit}`;

/**
 * An account, with ShopXO's column names. Text is never null: an unset one is empty, as on the wire.
 *
 * An account is live while `is_delete_time` and `is_logout_time` are null. Names are unique among
 * live accounts only, by expression and partial indexes that TypeORM cannot describe; the migration
 * makes them and they are named here so that TypeORM leaves them alone.
 */
@Entity('sxo_user')
@Unique('uq_user_number_code', ['number_code'])
@Index('uq_user_username', { synchronize: false })
@Index('uq_user_mobile', { synchronize: false })
@Index('uq_user_email', { synchronize: false })
@Check('ck_user_number_code', `number_code ~ '^[0-9]{10}$'`)
@Check('ck_user_status', 'status BETWEEN 0 AND 3')
@Check('ck_user_gender', 'gender BETWEEN 0 AND 2')
@Check('ck_user_username', atMost('username', 60))
@Check('ck_user_nickname', atMost('nickname', 60))
@Check('ck_user_mobile', atMost('mobile', 15))
@Check('ck_user_email', atMost('email', 254))
@Check('ck_user_avatar', atMost('avatar', 255))
@Check('ck_user_province', atMost('province', 60))
@Check('ck_user_city', atMost('city', 60))
@Check('ck_user_county', atMost('county', 60))
@Check('ck_user_address', atMost('address', 80))
@Check('ck_user_birthday', `birthday >= DATE '1900-01-01'`)
@Check('ck_user_integral', 'integral >= 0')
@Check('ck_user_locking_integral', 'locking_integral >= 0')
export class User {
  @PrimaryGeneratedColumn('identity', {
    type: 'bigint',
    generatedIdentity: 'BY DEFAULT',
    primaryKeyConstraintName: 'pk_user',
  })
  id!: string;

  /** Member code: ten digits, unique for ever. */
  @Column('text')
  number_code!: string;

  /** One of {@link UserStatus}. */
  @Column('smallint', { default: UserStatus.normal })
  status!: number;

  /** Password hash; empty where none is set. Selected by no query but the login's. */
  @Column('text', { default: '', select: false })
  pwd!: string;

  /** Salt of a password hash that was brought over from ShopXO. */
  @Column('text', { default: '', select: false })
  salt!: string;

  @Column('text', { default: '' })
  username!: string;

  @Column('text', { default: '' })
  nickname!: string;

  @Column('text', { default: '' })
  mobile!: string;

  @Column('text', { default: '' })
  email!: string;

  /** One of {@link Gender}. */
  @Column('smallint', { default: Gender.undisclosed })
  gender!: number;

  /** Path below the public URL of a picture that this service stores; empty for the default one. */
  @Column('text', { default: '' })
  avatar!: string;

  @Column('text', { default: '' })
  province!: string;

  @Column('text', { default: '' })
  city!: string;

  @Column('text', { default: '' })
  county!: string;

  @Column('text', { default: '' })
  address!: string;

  /** `YYYY-MM-DD`. */
  @Column('date', { nullable: true })
  birthday!: string | null;

  /** Valid points. */
  @Column('integer', { default: 0 })
  integral!: number;

  /** Locked points. */
  @Column('integer', { default: 0 })
  locking_integral!: number;

  /** Id of the user who invited this one. */
  @Column('bigint', { nullable: true })
  referrer!: string | null;

  /** When an administrator deleted the account. */
  @Column('timestamptz', { nullable: true })
  is_delete_time!: Date | null;

  /** When the user closed the account. */
  @Column('timestamptz', { nullable: true })
  is_logout_time!: Date | null;

  @Column('timestamptz', { default: () => 'now()' })
  add_time!: Date;

  @Column('timestamptz', { nullable: true })
  upd_time!: Date | null;
}
