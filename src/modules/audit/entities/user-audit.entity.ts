import { Check, Column, Entity, ForeignKey, Index, PrimaryGeneratedColumn } from 'typeorm';
import type { AuditAction, Changes } from '../audit-action.js';

/** What happened to an account. A row is written once and never changed. */
@Entity('sxo_user_audit')
@Index('ix_user_audit_user', ['user_id', 'id'])
@Check('ck_user_audit_action', `action ~ '^[a-z]{1,20}\\.[a-z_]{1,40}$'`)
@Check('ck_user_audit_changes', `jsonb_typeof(changes) = 'object'`)
@Check('ck_user_audit_request_id', `char_length(request_id) <= 64`)
@Check('ck_user_audit_client_type', `application_client_type ~ '^[a-z0-9]{1,20}$'`)
@Check('ck_user_audit_system_type', `system_type ~ '^[A-Za-z0-9_-]{1,60}$'`)
@Check('ck_user_audit_client_address', `char_length(client_address) <= 45`)
@Check('ck_user_audit_operator', `char_length(operator) BETWEEN 1 AND 60`)
export class UserAudit {
  @PrimaryGeneratedColumn('identity', {
    type: 'bigint',
    generatedIdentity: 'ALWAYS',
    primaryKeyConstraintName: 'pk_user_audit',
  })
  id!: string;

  /**
   * Whose account it is; null for what an operator did to the service. The user is named, not imported:
   * the profile stands above the trail, which it writes.
   */
  @Column('bigint', { nullable: true })
  @ForeignKey('User', { name: 'fk_user_audit_user', onDelete: 'CASCADE' })
  user_id!: string | null;

  /** The operator who did it, as the command line was told; null where the user did. */
  @Column('text', { nullable: true })
  operator!: string | null;

  @Column('text')
  action!: AuditAction;

  /**
   * Of a profile the values, of a contact a part, of sessions and delivery addresses the ids; of a
   * secret nothing.
   */
  @Column('jsonb')
  changes!: Changes;

  @Column('text')
  request_id!: string;

  /** The session that asked; null where nobody was logged in, or an operator did it. It may have ended since. */
  @Column('bigint', { nullable: true })
  session_id!: string | null;

  @Column('text')
  application_client_type!: string;

  @Column('text')
  system_type!: string;

  /** Empty where it is not known. */
  @Column('text')
  client_address!: string;

  @Column('timestamptz', { default: () => 'now()' })
  add_time!: Date;
}
