import { Check, Column, Entity, ForeignKey, Index, PrimaryGeneratedColumn } from 'typeorm';
import { User } from '../../personal/entities/user.entity.js';

/** ShopXO's kinds of points. */
export const IntegralType = { valid: 0, locked: 1 } as const;

/** ShopXO's directions of a change. */
export const OperationType = { less: 0, more: 1 } as const;

/** A change of a user's points, with ShopXO's column names. */
@Entity('sxo_user_integral_log')
@Index('ix_user_integral_log_user', ['user_id', 'id'])
@Index('uq_user_integral_log_reference', ['user_id', 'reference'], {
  unique: true,
  where: 'reference IS NOT NULL',
})
@Check('ck_user_integral_log_integral_type', 'integral_type BETWEEN 0 AND 1')
@Check('ck_user_integral_log_operation_type', 'operation_type BETWEEN 0 AND 1')
@Check('ck_user_integral_log_operation_integral', 'operation_integral >= 0')
@Check('ck_user_integral_log_msg', 'char_length(msg) <= 65535')
@Check('ck_user_integral_log_operation_id', 'operation_id >= 0')
@Check('ck_user_integral_log_reference', 'char_length(reference) BETWEEN 1 AND 190')
export class UserIntegralLog {
  @PrimaryGeneratedColumn('identity', {
    type: 'bigint',
    generatedIdentity: 'BY DEFAULT',
    primaryKeyConstraintName: 'pk_user_integral_log',
  })
  id!: string;

  @Column('bigint')
  @ForeignKey(() => User, { name: 'fk_user_integral_log_user', onDelete: 'CASCADE' })
  user_id!: string;

  /** One of {@link IntegralType}. */
  @Column('smallint')
  integral_type!: number;

  /** One of {@link OperationType}. */
  @Column('smallint')
  operation_type!: number;

  /** The balance before; a brought-over one may be negative. */
  @Column('integer')
  original_integral!: number;

  /** The balance after. */
  @Column('integer')
  new_integral!: number;

  /** By how much it changed, without a sign. */
  @Column('integer')
  operation_integral!: number;

  /** Why, for people. */
  @Column('text')
  msg!: string;

  /** The id of the administrator who did it; 0 for none. */
  @Column('bigint', { default: 0 })
  operation_id!: string;

  /** What it was done for, where that must be done only once; ShopXO has no such column. */
  @Column('text', { nullable: true })
  reference!: string | null;

  @Column('timestamptz', { default: () => 'now()' })
  add_time!: Date;
}
