import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Pictures are recorded before they are stored, and forgotten after they are removed. */
export class StoredAvatars1763800600000 implements MigrationInterface {
  readonly name = 'StoredAvatars1763800600000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      'ALTER TABLE sxo_user_avatar ADD COLUMN is_stored boolean NOT NULL DEFAULT true',
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE sxo_user_avatar DROP COLUMN is_stored');
  }
}
