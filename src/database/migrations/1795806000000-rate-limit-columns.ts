import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * sxo_rate_limit gets the columns that rate-limiter-flexible counts in. It is made anew: what is counted in it
 * lasts a day at most, which is worth less than the renaming of every constraint.
 */
export class RateLimitColumns1795806000000 implements MigrationInterface {
  readonly name = 'RateLimitColumns1795806000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE sxo_rate_limit');
    await queryRunner.query(`
      CREATE TABLE sxo_rate_limit (
        key text NOT NULL,
        points integer NOT NULL,
        expire bigint NOT NULL,
        CONSTRAINT pk_rate_limit PRIMARY KEY (key),
        CONSTRAINT ck_rate_limit_key CHECK (char_length(key) <= 300)
      )`);
    await queryRunner.query('CREATE INDEX ix_rate_limit_expire ON sxo_rate_limit (expire)');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE sxo_rate_limit');
    await queryRunner.query(`
      CREATE TABLE sxo_rate_limit (
        subject text NOT NULL,
        uses integer NOT NULL,
        until_time timestamptz NOT NULL,
        CONSTRAINT pk_rate_limit PRIMARY KEY (subject),
        CONSTRAINT ck_rate_limit_subject CHECK (char_length(subject) <= 300)
      )`);
    await queryRunner.query('CREATE INDEX ix_rate_limit_until_time ON sxo_rate_limit (until_time)');
  }
}
