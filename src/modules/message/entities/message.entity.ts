import { Check, Column, Entity, ForeignKey, Index, PrimaryGeneratedColumn } from 'typeorm';
import { User } from '../../personal/entities/user.entity.js';

const atMost = (column: string, limit: number): string => `char_length(${column}) <= ${limit}`;

/** A message to a user, with ShopXO's column names. A deleted one has a time of deletion. */
@Entity('sxo_message')
@Index('ix_message_user', ['user_id', 'id'])
@Index('ix_message_unread', ['user_id'], { where: 'NOT is_read' })
@Index('ix_message_add_time', ['add_time'])
@Index('uq_message_reference', ['user_id', 'reference'], {
  unique: true,
  where: 'reference IS NOT NULL',
})
@Check('ck_message_system_type', atMost('system_type', 60))
@Check('ck_message_title', atMost('title', 120))
@Check('ck_message_detail', atMost('detail', 65_535))
@Check('ck_message_business_id', 'business_id >= 0')
@Check('ck_message_business_type', atMost('business_type', 180))
@Check('ck_message_type', 'type BETWEEN 0 AND 255')
@Check('ck_message_reference', 'char_length(reference) BETWEEN 1 AND 190')
export class Message {
  @PrimaryGeneratedColumn('identity', {
    type: 'bigint',
    generatedIdentity: 'BY DEFAULT',
    primaryKeyConstraintName: 'pk_message',
  })
  id!: string;

  @Column('bigint')
  @ForeignKey(() => User, { name: 'fk_message_user', onDelete: 'CASCADE' })
  user_id!: string;

  @Column('text', { default: 'default' })
  system_type!: string;

  /** Plain text. */
  @Column('text')
  title!: string;

  /** HTML, which is sanitised whenever it is shown. */
  @Column('text')
  detail!: string;

  /** The id of what the message is about; 0 for none. */
  @Column('bigint', { default: 0 })
  business_id!: string;

  /** What the message is about, for people, in the message's language. */
  @Column('text', { default: '' })
  business_type!: string;

  /** ShopXO knows only 0. */
  @Column('smallint', { default: 0 })
  type!: number;

  @Column('boolean', { default: false })
  is_read!: boolean;

  /** When an administrator deleted it. */
  @Column('timestamptz', { nullable: true })
  is_delete_time!: Date | null;

  /** When its user deleted it. */
  @Column('timestamptz', { nullable: true })
  user_is_delete_time!: Date | null;

  /** What it tells of, where that must be told only once; ShopXO has no such column. */
  @Column('text', { nullable: true })
  reference!: string | null;

  @Column('timestamptz', { default: () => 'now()' })
  add_time!: Date;
}
