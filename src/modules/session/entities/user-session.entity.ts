import { Check, Column, Entity, ForeignKey, Index, PrimaryGeneratedColumn, Unique } from 'typeorm';
import { User } from '../../personal/entities/user.entity.js';

/**
 * A login. The token itself is kept nowhere. Ending a session removes its row; an expired one is
 * removed at the user's next login. A trigger removes all of an account's as soon as it is banned,
 * pending, deleted or closed, so that none is good again after a ban.
 */
@Entity('sxo_user_session')
@Unique('uq_user_session_token_hash', ['token_hash'])
@Index('ix_user_session_user', ['user_id'])
@Check('ck_user_session_token_hash', 'octet_length(token_hash) = 32')
@Check('ck_user_session_system_type', `system_type ~ '^[A-Za-z0-9_-]{1,60}$'`)
@Check('ck_user_session_client_type', `application_client_type ~ '^[a-z0-9]{1,20}$'`)
export class UserSession {
  @PrimaryGeneratedColumn('identity', {
    type: 'bigint',
    generatedIdentity: 'ALWAYS',
    primaryKeyConstraintName: 'pk_user_session',
  })
  id!: string;

  @Column('bigint')
  @ForeignKey(() => User, { name: 'fk_user_session_user', onDelete: 'CASCADE' })
  user_id!: string;

  /** SHA-256 of the token's text. */
  @Column('bytea')
  token_hash!: Buffer;

  @Column('text')
  system_type!: string;

  @Column('text')
  application_client_type!: string;

  @Column('timestamptz', { default: () => 'now()' })
  add_time!: Date;

  /** When a sign-in opened it; null for one that the service itself opened, see `SessionService.adopt`. */
  @Column('timestamptz', { nullable: true })
  sign_in_time!: Date | null;

  /** When the token was last used, to the hour. */
  @Column('timestamptz', { default: () => 'now()' })
  last_time!: Date;
}
