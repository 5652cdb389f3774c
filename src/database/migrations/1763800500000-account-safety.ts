import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Rates that are no longer of verification only, the addresses that an account is known at, and the
 * end of an account's sessions with the account.
 */
export class AccountSafety1763800500000 implements MigrationInterface {
  readonly name = 'AccountSafety1763800500000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await replaceRates(queryRunner, 'verification_rate', 'rate_limit');
    await queryRunner.query(`
      CREATE TABLE sxo_known_address (
        user_id bigint NOT NULL,
        address_hash bytea NOT NULL,
        last_time timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT pk_known_address PRIMARY KEY (user_id, address_hash),
        CONSTRAINT fk_known_address_user FOREIGN KEY (user_id) REFERENCES sxo_user (id) ON DELETE CASCADE,
        CONSTRAINT ck_known_address_hash CHECK (octet_length(address_hash) = 32)
      )`);
    // Operators ban, delete and set to pending by SQL, which no code of the service would notice:
    // without this, sessions from before a ban would be good again after it.
    await queryRunner.query(`
      CREATE FUNCTION sxo_end_user_sessions() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        DELETE FROM sxo_user_session WHERE user_id = NEW.id;
        RETURN NULL;
      END $$`);
    await queryRunner.query(`
      CREATE TRIGGER tr_user_end_sessions
      AFTER UPDATE OF status, is_delete_time, is_logout_time ON sxo_user FOR EACH ROW
      WHEN (NEW.status NOT IN (0, 1)
        OR NEW.is_delete_time IS NOT NULL OR NEW.is_logout_time IS NOT NULL)
      EXECUTE FUNCTION sxo_end_user_sessions()`);
    await queryRunner.query(`
      DELETE FROM sxo_user_session s USING sxo_user u
      WHERE u.id = s.user_id AND (u.status NOT IN (0, 1)
        OR u.is_delete_time IS NOT NULL OR u.is_logout_time IS NOT NULL)`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TRIGGER tr_user_end_sessions ON sxo_user');
    await queryRunner.query('DROP FUNCTION sxo_end_user_sessions');
    await queryRunner.query('DROP TABLE sxo_known_address');
    await replaceRates(queryRunner, 'rate_limit', 'verification_rate');
  }
}

/** Makes the table anew: a minute's counts are worth less than the renaming of every constraint. */
async function replaceRates(queryRunner: QueryRunner, from: string, to: string): Promise<void> {
  await queryRunner.query(`DROP TABLE sxo_${from}`);
  await queryRunner.query(`
    CREATE TABLE sxo_${to} (
      subject text NOT NULL,
      uses integer NOT NULL,
      until_time timestamptz NOT NULL,
      CONSTRAINT pk_${to} PRIMARY KEY (subject),
      CONSTRAINT ck_${to}_subject CHECK (char_length(subject) <= 300)
    )`);
  await queryRunner.query(`CREATE INDEX ix_${to}_until_time ON sxo_${to} (until_time)`);
}
