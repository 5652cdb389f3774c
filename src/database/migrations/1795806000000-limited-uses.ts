import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The table that rate-limiter-flexible counts in. sxo_rate_limit stays for instances of the release before
 * this one, which count in it until they are replaced.
 */
export class LimitedUses1795806000000 implements MigrationInterface {
  readonly name = 'LimitedUses1795806000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE sxo_limited_use (
        key text NOT NULL,
        points integer NOT NULL,
        expire bigint NOT NULL,
        CONSTRAINT pk_limited_use PRIMARY KEY (key),
        CONSTRAINT ck_limited_use_key CHECK (char_length(key) <= 300)
      )`);
    await queryRunner.query('CREATE INDEX ix_limited_use_expire ON sxo_limited_use (expire)');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE sxo_limited_use');
  }
}
