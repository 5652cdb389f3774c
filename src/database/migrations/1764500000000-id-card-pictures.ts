import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Pictures of identity cards are sealed, and known by the key that seals them. Those that are public
 * still are moved by the service, which has the key; the index finds them.
 */
export class IdCardPictures1764500000000 implements MigrationInterface {
  readonly name = 'IdCardPictures1764500000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      ALTER TABLE sxo_user_avatar
        ADD COLUMN key_id text,
        ADD COLUMN source text,
        ADD CONSTRAINT ck_user_avatar_key_id CHECK (key_id ~ '^[0-9a-f]{8}$')`);
    await queryRunner.query(`
      CREATE INDEX ix_user_address_public_picture ON sxo_user_address (id)
      WHERE idcard_front LIKE '/static/%' OR idcard_back LIKE '/static/%'`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP INDEX ix_user_address_public_picture');
    await queryRunner.query('ALTER TABLE sxo_user_avatar DROP COLUMN key_id, DROP COLUMN source');
  }
}
