import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Verification codes, picture captchas, and how often they may be asked for. */
export class Verification1763800200000 implements MigrationInterface {
  readonly name = 'Verification1763800200000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE sxo_verification_code (
        purpose text NOT NULL,
        channel text NOT NULL,
        account text NOT NULL,
        salt bytea NOT NULL,
        code_hash bytea NOT NULL,
        tries smallint NOT NULL DEFAULT 0,
        expire_time timestamptz NOT NULL,
        CONSTRAINT pk_verification_code PRIMARY KEY (purpose, channel, account),
        CONSTRAINT ck_verification_code_purpose CHECK (purpose IN ('login', 'reg', 'forgetpwd', 'bind')),
        CONSTRAINT ck_verification_code_channel CHECK (channel IN ('sms', 'email')),
        CONSTRAINT ck_verification_code_account CHECK (char_length(account) <= 254),
        CONSTRAINT ck_verification_code_hash CHECK (octet_length(code_hash) = 32),
        CONSTRAINT ck_verification_code_tries CHECK (tries BETWEEN 0 AND 5)
      )`);
    await queryRunner.query(
      'CREATE INDEX ix_verification_code_expire_time ON sxo_verification_code (expire_time)',
    );

    await queryRunner.query(`
      CREATE TABLE sxo_captcha (
        type text NOT NULL,
        uuid text NOT NULL,
        salt bytea NOT NULL,
        answer_hash bytea NOT NULL,
        expire_time timestamptz NOT NULL,
        CONSTRAINT pk_captcha PRIMARY KEY (type, uuid),
        CONSTRAINT ck_captcha_type CHECK (char_length(type) <= 20),
        CONSTRAINT ck_captcha_uuid CHECK (char_length(uuid) <= 64),
        CONSTRAINT ck_captcha_hash CHECK (octet_length(answer_hash) = 32)
      )`);
    await queryRunner.query('CREATE INDEX ix_captcha_expire_time ON sxo_captcha (expire_time)');

    await queryRunner.query(`
      CREATE TABLE sxo_verification_rate (
        subject text NOT NULL,
        uses integer NOT NULL,
        until_time timestamptz NOT NULL,
        CONSTRAINT pk_verification_rate PRIMARY KEY (subject),
        CONSTRAINT ck_verification_rate_subject CHECK (char_length(subject) <= 300)
      )`);
    await queryRunner.query(
      'CREATE INDEX ix_verification_rate_until_time ON sxo_verification_rate (until_time)',
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE sxo_verification_rate');
    await queryRunner.query('DROP TABLE sxo_captcha');
    await queryRunner.query('DROP TABLE sxo_verification_code');
  }
}
