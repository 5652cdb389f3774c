import type { MigrationInterface, QueryRunner } from 'typeorm';

/** ShopXO's regions, and which data they were loaded from. The rows come at start, not here. */
export class Regions1763800400000 implements MigrationInterface {
  readonly name = 'Regions1763800400000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE sxo_region (
        id bigint GENERATED ALWAYS AS IDENTITY,
        pid bigint NOT NULL DEFAULT 0,
        code text NOT NULL,
        name text NOT NULL,
        level smallint NOT NULL,
        letters text NOT NULL DEFAULT '',
        sort integer NOT NULL DEFAULT 0,
        is_enable boolean NOT NULL DEFAULT true,
        add_time timestamptz NOT NULL DEFAULT now(),
        upd_time timestamptz,
        CONSTRAINT pk_region PRIMARY KEY (id),
        CONSTRAINT uq_region_code UNIQUE (code),
        CONSTRAINT ck_region_code CHECK (char_length(code) BETWEEN 1 AND 120),
        CONSTRAINT ck_region_name CHECK (char_length(name) BETWEEN 1 AND 60),
        CONSTRAINT ck_region_letters CHECK (char_length(letters) <= 60),
        CONSTRAINT ck_region_level CHECK (level BETWEEN 1 AND 3),
        CONSTRAINT ck_region_pid CHECK ((pid = 0) = (level = 1))
      )`);
    await queryRunner.query('CREATE INDEX ix_region_pid ON sxo_region (pid)');
    await queryRunner.query(`
      CREATE TABLE sxo_region_data (
        id smallint NOT NULL DEFAULT 1,
        fingerprint text NOT NULL,
        upd_time timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT pk_region_data PRIMARY KEY (id),
        CONSTRAINT ck_region_data_one_row CHECK (id = 1)
      )`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE sxo_region_data');
    await queryRunner.query('DROP TABLE sxo_region');
  }
}
