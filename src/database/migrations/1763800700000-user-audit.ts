import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What happened to accounts: who changed what, when, and from where. */
export class UserAudit1763800700000 implements MigrationInterface {
  readonly name = 'UserAudit1763800700000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE sxo_user_audit (
        id bigint GENERATED ALWAYS AS IDENTITY,
        user_id bigint NOT NULL,
        action text NOT NULL,
        changes jsonb NOT NULL,
        request_id text NOT NULL,
        session_id bigint,
        application_client_type text NOT NULL,
        system_type text NOT NULL,
        client_address text NOT NULL,
        add_time timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT pk_user_audit PRIMARY KEY (id),
        CONSTRAINT fk_user_audit_user FOREIGN KEY (user_id)
          REFERENCES sxo_user (id) ON DELETE CASCADE,
        CONSTRAINT ck_user_audit_action CHECK (action ~ '^[a-z]{1,20}\\.[a-z_]{1,40}$'),
        CONSTRAINT ck_user_audit_changes CHECK (jsonb_typeof(changes) = 'object'),
        CONSTRAINT ck_user_audit_request_id CHECK (char_length(request_id) <= 64),
        CONSTRAINT ck_user_audit_client_type CHECK (application_client_type ~ '^[a-z0-9]{1,20}$'),
        CONSTRAINT ck_user_audit_system_type CHECK (system_type ~ '^[A-Za-z0-9_-]{1,60}$'),
        CONSTRAINT ck_user_audit_client_address CHECK (char_length(client_address) <= 45)
      )`);
    await queryRunner.query('CREATE INDEX ix_user_audit_user ON sxo_user_audit (user_id, id)');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE sxo_user_audit');
  }
}
