import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { User } from './user.entity.js';

/** A picture that this service stored for a user; only such a one can become the user's avatar. */
@Entity('sxo_user_avatar')
@Index('ix_user_avatar_user', ['user_id'])
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
}
