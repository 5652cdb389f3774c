import { Check, Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { User } from '../../personal/entities/user.entity.js';

/** A client address from which someone proved that the account is theirs. */
@Entity('sxo_known_address')
@Check('ck_known_address_hash', 'octet_length(address_hash) = 32')
export class KnownAddress {
  @PrimaryColumn('bigint', { primaryKeyConstraintName: 'pk_known_address' })
  @ForeignKey(() => User, { name: 'fk_known_address_user', onDelete: 'CASCADE' })
  user_id!: string;

  /**
   * SHA-256 of the account's id and the address's group, so that rows do not show who shares an
   * address. It hides no address from who tries them all: there are few enough.
   */
  @PrimaryColumn('bytea', { primaryKeyConstraintName: 'pk_known_address' })
  address_hash!: Buffer;

  /** When it was proven last. */
  @Column('timestamptz', { default: () => 'now()' })
  last_time!: Date;
}
