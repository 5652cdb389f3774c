import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { User } from './user.entity.js';

/** A picture that this service stored for a user: one that may become the avatar, or of an identity card. */
@Entity('sxo_user_avatar')
@Index('ix_user_avatar_user', ['user_id'])
@Check('ck_user_avatar_key_id', `key_id ~ '^[0-9a-f]{8}$'`)
@Check('ck_user_avatar_path', `path ~ '^/' AND char_length(path) <= 255`)
export class UserAvatar {
  /** Path below the public URL. */
  @PrimaryColumn('text', { primaryKeyConstraintName: 'pk_user_avatar' })
  path!: string;

  @Column('bigint')
  @ForeignKey(() => User, { name: 'fk_user_avatar_user', onDelete: 'CASCADE' })
  user_id!: string;

  @Column('timestamptz', { default: () => 'now()' })
  add_time!: Date;

  /** Whether its file is there for use: not before it is stored, nor once it is to be removed. */
  @Column('boolean', { default: true })
  is_stored!: boolean;

  /** The key that seals a picture of an identity card; null for a public picture. */
  @Column('text', { nullable: true })
  key_id!: string | null;

  /** The path of the public picture that a sealed one was made of; null where it was uploaded as such. */
  @Column('text', { nullable: true })
  source!: string | null;
}
