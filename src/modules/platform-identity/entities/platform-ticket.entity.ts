import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A platform identity that was proven and has no account yet; who holds the ticket may link it. */
@Entity('sxo_platform_ticket')
@Index('ix_platform_ticket_expire_time', ['expire_time'])
@Check('ck_platform_ticket_ticket_hash', 'octet_length(ticket_hash) = 32')
@Check('ck_platform_ticket_platform', `platform ~ '^[a-z0-9]{1,20}$'`)
@Check('ck_platform_ticket_system_type', `system_type ~ '^[A-Za-z0-9_-]{1,60}$'`)
@Check('ck_platform_ticket_openid', 'char_length(openid) BETWEEN 1 AND 128')
@Check('ck_platform_ticket_unionid', 'char_length(unionid) <= 128')
@Check('ck_platform_ticket_session_key', 'octet_length(session_key) <= 512')
@Check('ck_platform_ticket_mobile', 'char_length(mobile) <= 15')
export class PlatformTicket {
  /** SHA-256 of the ticket, which only its holder has. */
  @PrimaryColumn('bytea', { primaryKeyConstraintName: 'pk_platform_ticket' })
  ticket_hash!: Buffer;

  /** The client type. */
  @Column('text')
  platform!: string;

  @Column('text')
  system_type!: string;

  @Column('text')
  openid!: string;

  @Column('text', { default: '' })
  unionid!: string;

  /** Sealed with the ticket; null where the platform encrypts nothing that is read here. */
  @Column('bytea', { nullable: true })
  session_key!: Buffer | null;

  /** A number that the platform has said to be this user's; empty where it has not. */
  @Column('text', { default: '' })
  mobile!: string;

  /** Until when that number counts. */
  @Column('timestamptz', { nullable: true })
  mobile_expire_time!: Date | null;

  @Column('timestamptz')
  expire_time!: Date;
}
