import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Failed tries to prove a password. */
export class Attempts1763800100000 implements MigrationInterface {
  readonly name = 'Attempts1763800100000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE sxo_attempt (
        key bytea NOT NULL,
        failures timestamptz[] NOT NULL,
        expires_at timestamptz NOT NULL,
        CONSTRAINT pk_attempt PRIMARY KEY (key),
        CONSTRAINT ck_attempt_key CHECK (octet_length(key) = 32)
      )`);
    await queryRunner.query('CREATE INDEX ix_attempt_expires_at ON sxo_attempt (expires_at)');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE sxo_attempt');
  }
}
