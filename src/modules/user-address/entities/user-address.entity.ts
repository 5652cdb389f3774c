import { Check, Column, Entity, ForeignKey, Index, PrimaryGeneratedColumn } from 'typeorm';
import { User } from '../../personal/entities/user.entity.js';

/**
 * A user's delivery address, with ShopXO's column names. Text is never null: an unset one is empty,
 * as on the wire.
 */
@Entity('sxo_user_address')
@Index('ix_user_address_user', ['user_id', 'id'])
@Index('ix_user_address_public_picture', ['id'], {
  where: `idcard_front LIKE '/static/%' OR idcard_back LIKE '/static/%'`,
})
@Index('uq_user_address_default', ['user_id'], { unique: true, where: 'is_default' })
@Check('ck_user_address_alias', 'char_length(alias) <= 16')
@Check('ck_user_address_name', 'char_length(name) BETWEEN 1 AND 30')
@Check('ck_user_address_tel', `tel ~ '^[0-9+ -]{1,15}$'`)
@Check('ck_user_address_region', 'province > 0 AND city > 0 AND county >= 0')
@Check('ck_user_address_address', 'char_length(address) BETWEEN 1 AND 140')
@Check('ck_user_address_place', 'lng BETWEEN -180 AND 180 AND lat BETWEEN -90 AND 90')
@Check('ck_user_address_idcard_name', 'char_length(idcard_name) <= 60')
@Check(
  'ck_user_address_idcard_number',
  `idcard_number ~ '^(v1[.][0-9a-f]{8}[.][A-Za-z0-9_-]{39,78})?$'`,
)
@Check('ck_user_address_idcard_front', 'char_length(idcard_front) <= 255')
@Check('ck_user_address_idcard_back', 'char_length(idcard_back) <= 255')
export class UserAddress {
  @PrimaryGeneratedColumn('identity', {
    type: 'bigint',
    generatedIdentity: 'ALWAYS',
    primaryKeyConstraintName: 'pk_user_address',
  })
  id!: string;

  @Column('bigint')
  @ForeignKey(() => User, { name: 'fk_user_address_user', onDelete: 'CASCADE' })
  user_id!: string;

  @Column('text')
  alias!: string;

  @Column('text')
  name!: string;

  @Column('text')
  tel!: string;

  /** The ids of regions; no foreign keys, for regions are disabled and never removed. */
  @Column('bigint')
  province!: string;

  @Column('bigint')
  city!: string;

  /** 0 where there is none. */
  @Column('bigint')
  county!: string;

  /** At most 80 as saved. Up to 60 more, where a migration put a region's name in front. */
  @Column('text')
  address!: string;

  /** Degrees with ten decimals; 0 and 0 where the place is unknown, as ShopXO has it. */
  @Column('numeric', { precision: 13, scale: 10 })
  lng!: string;

  @Column('numeric', { precision: 12, scale: 10 })
  lat!: string;

  @Column('boolean')
  is_default!: boolean;

  @Column('text')
  idcard_name!: string;

  /** As `IdCardCipher` seals it. A constraint refuses a number in clear. */
  @Column('text')
  idcard_number!: string;

  /** Paths of sealed pictures in `sxo_user_avatar`; of public ones until they are moved. */
  @Column('text')
  idcard_front!: string;

  @Column('text')
  idcard_back!: string;

  @Column('timestamptz', { default: () => 'now()' })
  add_time!: Date;

  @Column('timestamptz', { nullable: true })
  upd_time!: Date | null;
}
