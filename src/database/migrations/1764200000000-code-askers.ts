import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Who asked for a code: for a binding the account, whose code does not replace another account's, and
 * for every code the address and the client, as hashes.
 */
export class CodeAskers1764200000000 implements MigrationInterface {
  readonly name = 'CodeAskers1764200000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      ALTER TABLE sxo_verification_code
        ADD COLUMN user_id bigint NOT NULL DEFAULT 0,
        ADD COLUMN address_hash bytea,
        ADD COLUMN client_hash bytea,
        ADD CONSTRAINT ck_verification_code_address CHECK (octet_length(address_hash) = 32),
        ADD CONSTRAINT ck_verification_code_client CHECK (octet_length(client_hash) = 32),
        DROP CONSTRAINT pk_verification_code,
        ADD CONSTRAINT pk_verification_code PRIMARY KEY (purpose, channel, account, user_id)`);
    await queryRunner.query(
      'CREATE INDEX ix_verification_code_user ON sxo_verification_code (user_id) WHERE user_id <> 0',
    );
    // No one knows any more which account asked for these.
    await queryRunner.query(`DELETE FROM sxo_verification_code WHERE purpose = 'bind'`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DELETE FROM sxo_verification_code WHERE user_id <> 0');
    await queryRunner.query('DROP INDEX ix_verification_code_user');
    await queryRunner.query(`
      ALTER TABLE sxo_verification_code
        DROP CONSTRAINT pk_verification_code,
        DROP COLUMN user_id,
        DROP COLUMN address_hash,
        DROP COLUMN client_hash,
        ADD CONSTRAINT pk_verification_code PRIMARY KEY (purpose, channel, account)`);
  }
}
