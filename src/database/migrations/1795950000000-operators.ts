import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who did what: operators beside users, and what they do to the service beside what is done to accounts. */
export class Operators1795950000000 implements MigrationInterface {
  readonly name = 'Operators1795950000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      ALTER TABLE sxo_user_audit
        ALTER COLUMN user_id DROP NOT NULL,
        ADD COLUMN operator text,
        ADD CONSTRAINT ck_user_audit_operator CHECK (char_length(operator) BETWEEN 1 AND 60)`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DELETE FROM sxo_user_audit WHERE user_id IS NULL');
    await queryRunner.query(`
      ALTER TABLE sxo_user_audit
        ALTER COLUMN user_id SET NOT NULL,
        DROP CONSTRAINT ck_user_audit_operator,
        DROP COLUMN operator`);
  }
}
