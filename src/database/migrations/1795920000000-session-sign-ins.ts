import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * When a sign-in opened a session. Sessions that are open already have none, as those have that an instance
 * of the release before this one opens: their users sign in again before what a recent sign-in allows.
 */
export class SessionSignIns1795920000000 implements MigrationInterface {
  readonly name = 'SessionSignIns1795920000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE sxo_user_session ADD COLUMN sign_in_time timestamptz');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE sxo_user_session DROP COLUMN sign_in_time');
  }
}
