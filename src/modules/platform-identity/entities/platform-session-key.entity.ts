import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { UserSession } from '../../session/entities/user-session.entity.js';

/** What a platform encrypts the data of a signed-in user with. It ends with the session. */
@Entity('sxo_platform_session_key')
@Index('ix_platform_session_key_expire_time', ['expire_time'])
@Check('ck_platform_session_key_session_key', 'octet_length(session_key) <= 512')
export class PlatformSessionKey {
  @PrimaryColumn('bigint', { primaryKeyConstraintName: 'pk_platform_session_key' })
  @ForeignKey(() => UserSession, {
    name: 'fk_platform_session_key_session',
    onDelete: 'CASCADE',
  })
  session_id!: string;

  /** Sealed with the session's token. */
  @Column('bytea')
  session_key!: Buffer;

  @Column('timestamptz')
  expire_time!: Date;
}
